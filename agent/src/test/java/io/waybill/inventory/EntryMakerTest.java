// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryMakerTest {
    private static final long SHIM = 100;

    @Test
    void anInitStandsForItsContainer() {
        Resolution init = process(200, 1, SHIM, 1);
        Resolution child = process(201, 7, 200, 1);

        assertThat(EntryMaker.standingFor(List.of(child, init))).isEqualTo(init);
    }

    @Test
    void aHelperThatWaitsOutsideOfThePidNamespaceDoesNot() {
        Resolution nsenter = process(300, 300, SHIM, 0);
        Resolution init = process(200, 1, SHIM, 1);

        assertThat(EntryMaker.standingFor(List.of(nsenter, init))).isEqualTo(init);
    }

    @Test
    void theInitOfASandboxInsideDoesNot() {
        Resolution main = process(200, 200, SHIM, 0);
        Resolution sandboxInit = process(201, 1, 200, 1);

        assertThat(EntryMaker.standingFor(List.of(sandboxInit, main)))
                .as("a container in the host's pid namespace")
                .isEqualTo(main);
    }

    @Test
    void ofInitsFromOutsideTheLeastDeepDoes() {
        Resolution entered = process(400, 1, SHIM, 2);
        Resolution init = process(200, 1, SHIM, 1);

        assertThat(EntryMaker.standingFor(List.of(entered, init))).isEqualTo(init);
    }

    private static Resolution process(long pid, long pidInside, long parent, int depth) {
        PidNamespace namespace = new PidNamespace(
                new NamespaceId(4, 4026532000L + depth),
                null,
                depth,
                depth == 0 ? List.of() : List.of(new NamespaceId(4, 4026531836L)));
        return new Resolution.Resolved(
                new ObservedProcess(pid, pidInside, parent, "test", null),
                namespace,
                new Init.Known(1, InitWay.PROC_SCAN),
                new NoContainer(NoContainer.Reason.HOST, "", "/"));
    }
}
