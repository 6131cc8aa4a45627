// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AncestryTest {
    @ParameterizedTest
    @CsvSource({
        "bwrap --unshare-all --setenv TOKEN hush app --password=hush, bwrap",
        "/usr/bin/firejail --env=TOKEN=hush app -p hush, /usr/bin/firejail",
        "systemd-nspawn -q -M web --setenv=TOKEN=hush app hush, systemd-nspawn -M web",
        "lxc-attach -n web -- app -P hush, lxc-attach -n web",
        "/usr/bin/conmon -c b6c3 -u b6c3 --exit-command hush, /usr/bin/conmon -c b6c3",
        "/usr/bin/containerd-shim-runc-v2 -namespace moby -id b6c3 -x hush, /usr/bin/containerd-shim-runc-v2 -namespace moby -id b6c3"
    })
    void theEvidenceHasNoArgumentsOfTheContainersOwn(String commandLine, String evidence) {
        assertThat(Ancestry.parse(99, List.of(commandLine.split(" "))))
                .get()
                .extracting(Ancestry.Holder::evidence)
                .isEqualTo(evidence);
    }

    @ParameterizedTest
    @CsvSource({"moby, DOCKER", "moby-165536.165536, DOCKER", "mobydick, CONTAINERD", "k8s.io, CONTAINERD"})
    void aShimIsOfWhoseNamespaceItNames(String namespace, ContainerRuntime runtime) {
        List<String> shim = List.of("/usr/bin/containerd-shim-runc-v2", "-namespace", namespace, "-id", "b6c3");

        assertThat(Ancestry.parse(99, shim))
                .get()
                .extracting(Ancestry.Holder::runtime)
                .isEqualTo(runtime);
    }
}
