// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No answer without a container is without its reason, whatever the cgroup is called. */
class ReasonsTest {
    @TempDir
    private Path folder = Path.of("");

    static Stream<String> paths() throws IOException {
        Stream<String> ofLayouts = Layout.all().stream()
                .flatMap(layout -> layout.lines().stream())
                .filter(line -> line.matches("[0-9]+:[^:]*:/.*"))
                .map(line -> line.split(":", 3)[2]);
        return Stream.concat(Stream.of("/", "/..", "/payload", "/build/7"), ofLayouts)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void itSaysWhy(String path) throws IOException {
        MadeMachine machine =
                new MadeMachine(folder).host(1, 0, 0, "/sbin/init").init(10, 500, path);

        assertExplained(machine.identities().identify(10));
        assertExplained(machine.named(10));
        machine.file("run/containerd/io.containerd.runtime.v2.task/default/x", "")
                .file("var/lib/docker/containers/x", "")
                .file("var/lib/containers/storage/overlay-containers/x", "")
                .file("var/lib/lxc/x", "")
                .file("run/systemd/machines/x", "");
        assertExplained(machine.named(10));
    }

    private static void assertExplained(Identity identity) {
        Resolution resolution = new Resolution.Resolved(
                new ObservedProcess(10, 1, 1, "sleep", null),
                new PidNamespace(new NamespaceId(4, 4711), null, 1, List.of(new NamespaceId(4, 1))),
                new Init.Known(10, InitWay.PROC_SCAN),
                identity);
        if (identity instanceof NoContainer none) {
            assertThat(none.detail()).isNotEmpty();
            assertThat(resolution.reason()).isEqualTo(none.reason().text() + ": " + none.detail());
        } else {
            assertThat(resolution.reason()).isEmpty();
        }
    }
}
