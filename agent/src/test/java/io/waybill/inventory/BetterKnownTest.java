// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes known of a container after it was told of changes it; it does not end it and start another. */
class BetterKnownTest {
    private static final long INIT = 10;
    private static final NoContainer NONE = new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "no rule", "/web");
    private static final ContainerIdentity NAMELESS =
            container(ContainerRuntime.DOCKER, null, Provenance.Source.CGROUP);
    private static final ContainerIdentity NAMED =
            container(ContainerRuntime.DOCKER, "web", Provenance.Source.RUNTIME_STATE);
    private static final ContainerIdentity UNCERTAIN =
            container(ContainerRuntime.UNKNOWN, null, Provenance.Source.CGROUP);

    private final Map<Long, Resolution> processes = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final ContainerTable table = new ContainerTable(
            new EntryMaker(
                    pid -> processes.getOrDefault(pid, new Resolution.Gone(pid, "test", null)),
                    pid -> Optional.empty()),
            Clock.systemUTC(),
            10);

    @BeforeEach
    void listen() {
        table.listen(new ContainerListener() {
            @Override
            public void started(ContainerEntry container) {
                told.add("started " + container.displayName());
            }

            @Override
            public void changed(ContainerEntry before, ContainerEntry now) {
                told.add("changed " + before.displayName() + " to " + now.displayName());
            }

            @Override
            public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
                told.add("ended " + container.displayName());
            }
        });
    }

    @Test
    void aNameThatComesLaterIsTheContainers() {
        Resolution nameless = process(INIT, NAMELESS, "sh");
        table.update(List.of(), List.of(nameless));

        table.update(List.of(nameless), List.of(process(INIT, NAMED, "sh")));
        table.observed(process(11, NAMELESS, "sh"));

        assertThat(told).containsExactly("started b6c3", "changed b6c3 to web");
        assertThat(table.entries()).extracting(ContainerEntry::displayName).containsExactly("web");
    }

    @Test
    void oneThatIsObservedOnItsOwnBringsTheNameToo() {
        table.observed(process(INIT, NAMELESS, "sh"));

        table.observed(process(INIT, NAMED, "sh"));

        assertThat(told).containsExactly("started b6c3", "changed b6c3 to web");
    }

    @Test
    void whatTheInitExecutesIsItsCommandFromThenOn() {
        table.observed(process(INIT, NAMED, "sh"));
        table.observed(process(11, NAMED, "worker"));

        table.observed(process(INIT, NAMED, "java"));

        assertThat(told).containsExactly("started web", "changed web to web");
        assertThat(table.entries())
                .extracting(entry ->
                        entry.initProcess() == null ? "" : entry.initProcess().command())
                .containsExactly("java");
    }

    @Test
    void whatItWasCalledAtFirstIsStillTheContainer() {
        Resolution init = process(INIT, UNCERTAIN, "sh");
        Resolution worker = process(11, UNCERTAIN, "sh");
        Resolution other = process(12, UNCERTAIN, "sh");
        table.update(List.of(), List.of(init, worker, other));
        told.clear();

        Resolution named = process(INIT, NAMED, "sh");
        table.update(List.of(init, other), List.of(named));
        assertThat(told).containsExactly("changed b6c3 to web");
        assertThat(table.processesOf(table.entries().get(0))).containsExactly(INIT, 11L);

        Resolution late = process(13, UNCERTAIN, "sh");
        table.update(List.of(worker), List.of(late)); // which is looked at before its name is known
        table.update(List.of(named), List.of());
        assertThat(told).containsExactly("changed b6c3 to web");
        table.update(List.of(late), List.of());
        assertThat(told).containsExactly("changed b6c3 to web", "ended web");
    }

    @Test
    void aContainerWhoseRuntimeWasNotKnownGoesOnAsThatRuntimes() {
        Resolution uncertain = process(INIT, UNCERTAIN, "sh");
        table.update(List.of(), List.of(uncertain));

        table.update(List.of(uncertain), List.of(process(INIT, NAMED, "sh")));

        assertThat(told).containsExactly("started b6c3", "changed b6c3 to web");
        assertThat(table.entries())
                .flatExtracting(entry -> entry.container().stream().toList())
                .containsExactly(NAMED);
    }

    @Test
    void alsoWhenItIsKnownBetterTwice() {
        Resolution init = process(INIT, UNCERTAIN, "sh");
        Resolution worker = process(11, UNCERTAIN, "sh");
        table.update(List.of(), List.of(init, worker));
        Resolution ofPod = process(INIT, container(ContainerRuntime.KUBERNETES, "pod", Provenance.Source.CGROUP), "sh");
        table.update(List.of(init), List.of(ofPod));
        Resolution named = process(INIT, NAMED, "sh");
        table.update(List.of(ofPod), List.of(named));

        table.update(List.of(worker), List.of());

        assertThat(table.processesOf(table.entries().get(0))).containsExactly(INIT);
        assertThat(told).containsExactly("started b6c3", "changed b6c3 to pod", "changed pod to web");
    }

    @Test
    void aNamespaceThatAContainersProcessOnlyEnteredIsNotThatContainer() {
        Resolution init = process(INIT, NONE, "sh");
        table.update(List.of(), List.of(init));

        table.update(List.of(), List.of(process(11, NAMED, "nsenter")));

        assertThat(told).containsExactly("started pid:[2]", "started web");
    }

    @Test
    void theEndOfAContainerIsTheEndOfWhatItWasCalledBefore() {
        Resolution init = process(INIT, UNCERTAIN, "sh");
        table.update(List.of(), List.of(init));
        Resolution named = process(INIT, NAMED, "sh");
        table.update(List.of(init), List.of(named));
        table.update(List.of(named), List.of());
        told.clear();

        table.update(List.of(), List.of(in(20, 20, UNCERTAIN, "sh")));

        assertThat(told).containsExactly("started b6c3");
    }

    private Resolution process(long pid, Identity identity, String command) {
        Resolution resolution = in(INIT, pid, identity, command);
        processes.put(pid, resolution);
        return resolution;
    }

    private static Resolution in(long init, long pid, Identity identity, String command) {
        return new Resolution.Resolved(
                new ObservedProcess(pid, pid == init ? 1 : pid, 1, command, Instant.ofEpochSecond(pid)),
                new PidNamespace(new NamespaceId(4, 2), null, 1, List.of(new NamespaceId(4, 1))),
                new Init.Known(init, InitWay.PROC_SCAN),
                identity);
    }

    private static ContainerIdentity container(
            ContainerRuntime runtime, @Nullable String name, Provenance.Source source) {
        return new ContainerIdentity(
                "b6c3",
                runtime,
                name,
                null,
                null,
                false,
                Map.of(),
                "/docker/b6c3",
                new Provenance(source, "test", "/docker/b6c3"),
                List.of());
    }
}
