// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedTest {
    private static final NamespaceId HOST = new NamespaceId(4, 4026531836L);
    private static final NamespaceId POD = new NamespaceId(4, 4026532185L);
    private static final Identity NONE = new NoContainer(NoContainer.Reason.HOST, "", "/");

    @Test
    void aChildOfTheInitIsBornInside() {
        Map<Long, Resolution> all = all(inside(10, 1, 5, 1, "web"), inside(11, 10, 6, 2, "web"));

        assertThat(joined(all, 11)).isFalse();
    }

    @Test
    void aProcessWithAParentOutsideJoined() {
        Map<Long, Resolution> all = all(inside(10, 1, 5, 1, "web"), inside(11, 5, 6, 2, "web"), shim(5));

        assertThat(joined(all, 11)).isTrue();
    }

    @Test
    void theInitDidNotJoinThoughItsParentIsOutside() {
        Map<Long, Resolution> all = all(inside(10, 5, 5, 1, "web"), shim(5));

        assertThat(joined(all, 10)).isFalse();
    }

    @Test
    void theFirstProcessOfAContainerInAPodsNamespaceDidNotJoin() {
        Map<Long, Resolution> all =
                all(inside(10, 5, 5, 1, "sandbox"), inside(20, 5, 6, 7, "web"), inside(21, 5, 9, 9, "web"), shim(5));

        assertThat(joined(all, 20)).isFalse();
        assertThat(joined(all, 21)).isTrue();
    }

    @Test
    void aProcessThatEntersANamespaceWithoutAContainerJoined() {
        Resolution entered = resolved(11, 5, 6, 2, POD, NONE);

        assertThat(Joined.isJoined(entered, Map.of(11L, entered), process -> shim(5)))
                .isTrue();
    }

    @Test
    void aProcessWhoseParentNoLookHasSeenIsBornInsideIfThatOneIsInside() {
        Map<Long, Resolution> seen = all(inside(10, 1, 5, 1, "web"), inside(12, 11, 7, 3, "web"));

        assertThat(Joined.isJoined(inside(12, 11, 7, 3, "web"), seen, process -> inside(11, 10, 6, 2, "web")))
                .isFalse();
        assertThat(Joined.isJoined(inside(12, 11, 7, 3, "web"), seen, process -> shim(11)))
                .isTrue();
    }

    @Test
    void ofAProcessWhoseParentIsGoneNothingIsClaimed() {
        Map<Long, Resolution> seen = all(inside(10, 1, 5, 1, "web"), inside(12, 11, 7, 3, "web"));

        assertThat(Joined.isJoined(
                        inside(12, 11, 7, 3, "web"),
                        seen,
                        process -> new Resolution.Gone(process.parentPid(), "", null)))
                .isFalse();
    }

    private static boolean joined(Map<Long, Resolution> all, long pid) {
        return Joined.isJoined(all.get(pid), all, process -> {
            throw new AssertionError("seen already: " + process);
        });
    }

    private static Map<Long, Resolution> all(Resolution... resolutions) {
        Map<Long, Resolution> all = new HashMap<>();
        for (Resolution resolution : resolutions) {
            all.put(resolution.pid(), resolution);
        }
        return all;
    }

    private static Resolution shim(long pid) {
        return resolved(pid, 1, 1, pid, HOST, NONE);
    }

    private static Resolution inside(long pid, long parent, long start, long pidInside, String container) {
        Identity identity = new ContainerIdentity(
                container,
                ContainerRuntime.CONTAINERD,
                container,
                null,
                null,
                container.equals("sandbox"),
                Map.of(),
                "/" + container,
                new Provenance(Provenance.Source.CGROUP, "test", "/" + container),
                List.of());
        return resolved(pid, parent, start, pidInside, POD, identity);
    }

    private static Resolution resolved(
            long pid, long parent, long start, long pidInside, NamespaceId namespace, Identity identity) {
        boolean own = namespace.equals(HOST);
        return new Resolution.Resolved(
                new ObservedProcess(pid, pidInside, parent, "x", Instant.ofEpochSecond(start)),
                new PidNamespace(namespace, null, own ? 0 : 1, own ? List.of() : List.of(HOST)),
                new Init.Known(10, InitWay.PROC_SCAN),
                identity);
    }
}
