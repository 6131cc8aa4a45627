// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
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

/** Which containers start and end, and whose init theirs is. */
class ContainerTableTest {
    private static final NamespaceId HOST = new NamespaceId(4, 1);

    private final Map<Long, Resolution> processes = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final ContainerTable table = new ContainerTable(
            new EntryMaker(
                    pid -> processes.getOrDefault(pid, new Resolution.Gone(pid, "test", null)),
                    pid -> Optional.ofNullable(processes.get(pid))
                            .map(found -> ((Resolution.Resolved) found).process())),
            Clock.systemUTC(),
            3);

    @BeforeEach
    void listen() {
        table.listen(new ContainerListener() {
            @Override
            public void started(ContainerEntry container) {
                told.add("started " + container.displayName() + " init " + container.initPid());
            }

            @Override
            public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
                told.add("ended " + container.displayName() + " init " + container.initPid());
            }
        });
    }

    @Test
    void aContainerStartsWithItsFirstProcessAndEndsWithItsLast() {
        Resolution init = process(10, "web", 2, 10);
        Resolution worker = process(11, "web", 2, 10);

        table.update(List.of(), List.of(init, worker));
        table.update(List.of(init), List.of());
        table.update(List.of(worker), List.of());

        assertThat(told).containsExactly("started web init 10", "ended web init 10");
    }

    @Test
    void aContainerWithTheSameNameAndAnotherInitIsEndedAndStarted() {
        Resolution before = process(10, "web", 2, 10);
        table.update(List.of(), List.of(before));
        processes.remove(10L);

        table.update(List.of(before), List.of(process(20, "web", 3, 20)));

        assertThat(told).containsExactly("started web init 10", "ended web init 10", "started web init 20");
    }

    @Test
    void aProcessThatReplacesTheLastOneUnderTheSameInitIsNoRestart() {
        process(10, "web", 2, 10);
        Resolution worker = process(11, "web", 2, 10);
        table.update(List.of(), List.of(worker));

        table.update(List.of(worker), List.of(process(12, "web", 2, 10)));

        assertThat(told).containsExactly("started web init 10");
    }

    @Test
    void aLateAnswerForAProcessOfAnEndedContainerStartsNoOther() {
        Resolution init = process(10, "web", 2, 10);
        table.update(List.of(), List.of(init));
        table.update(List.of(init), List.of());

        table.observed(init);
        table.observed(process(10, null, 2, 10)); // its runtime has removed what it wrote down

        assertThat(told).containsExactly("started web init 10", "ended web init 10");
    }

    @Test
    void aLaterNamespaceOfTheSameNumberIsAnother() {
        Resolution init = process(10, "web", 2, 10);
        table.update(List.of(), List.of(init));
        table.update(List.of(init), List.of());

        table.observed(process(20, null, 2, 20));

        assertThat(told).hasSize(3).last().asString().endsWith("init 20");
    }

    @Test
    void aContainerInTheHostsNamespaceSaysSo() {
        processes.put(1L, resolved(1, null, HOST, 1));

        table.update(List.of(), List.of(process(10, "web", 1, 1)));

        assertThat(table.entries()).extracting(ContainerEntry::sharedWith).containsExactly("host");
    }

    @Test
    void aContainerInAnotherOnesNamespaceSaysSo() {
        process(10, "web", 2, 10);

        table.update(List.of(), List.of(process(20, "debug", 2, 10)));

        assertThat(table.entries()).extracting(ContainerEntry::sharedWith).containsExactly("container web");
    }

    @Test
    void aContainerInItsPodsNamespaceSaysSo() {
        process(10, "sandbox", 2, 10);

        table.update(List.of(), List.of(process(20, "web", 2, 10)));

        assertThat(table.entries()).extracting(ContainerEntry::sharedWith).containsExactly("pod");
    }

    @Test
    void aContainerWhoseInitNobodyCanLookAtHasNotEnded() {
        table.update(List.of(), List.of(process(10, "web", 2, 10)));

        processes.put(10L, new Resolution.Unanswered(10, "too many open files"));
        table.endThoseWithoutInit();
        assertThat(told).containsExactly("started web init 10");
        processes.remove(10L);
        table.endThoseWithoutInit();

        assertThat(told).containsExactly("started web init 10", "ended web init 10");
    }

    @Test
    void anInitThatContainersShareIsStillOneWhenOneOfThemHasEnded() {
        Resolution pause = process(10, "sandbox", 2, 10);
        Resolution web = process(20, "web", 2, 10);
        table.update(List.of(), List.of(pause, web));

        table.update(List.of(web), List.of());
        assertThat(table.isInit(10)).isTrue();
        table.update(List.of(pause), List.of());

        assertThat(table.isInit(10)).isFalse();
    }

    @Test
    void whatIsMoreThanTheTableHoldsIsCounted() {
        for (int pid = 10; pid < 15; pid++) {
            table.update(List.of(), List.of(process(pid, "c" + pid, pid, pid)));
        }

        assertThat(table.entries()).hasSize(3);
        assertThat(table.notKept()).isEqualTo(2);
    }

    @Test
    void anInitIsToldOfDuringALookIfSomethingOutsideOfItsContainerBroughtItUp() {
        process(1, null, 1, 1);
        Resolution web = bornBy(1, process(10, "web", 2, 10));
        Resolution worker = process(11, "web", 2, 10);

        table.observedInit(worker);
        assertThat(told).isEmpty();
        table.observedInit(web);
        assertThat(told).containsExactly("started web init 10");
        table.update(List.of(), List.of(web, worker));

        assertThat(told).containsExactly("started web init 10");
    }

    @Test
    void theInitOfASandboxInAContainerOfTheHostsNamespaceWaitsForTheEndOfTheLook() {
        Resolution main = bornBy(1, process(10, "web", 1, 1));
        Resolution sandbox = bornBy(10, process(11, "web", 2, 11));

        table.observedInit(sandbox);
        assertThat(told).isEmpty();
        table.update(List.of(), List.of(sandbox, main));

        assertThat(told).containsExactly("started web init 1");
    }

    private Resolution bornBy(long parent, Resolution resolution) {
        Resolution.Resolved process = (Resolution.Resolved) resolution;
        ObservedProcess born = new ObservedProcess(
                process.pid(),
                process.process().pidInside(),
                parent,
                process.process().command(),
                process.process().start());
        Resolution.Resolved again =
                new Resolution.Resolved(born, process.namespace(), process.init(), process.identity());
        processes.put(again.pid(), again);
        return again;
    }

    private Resolution process(long pid, @Nullable String container, long namespace, long initPid) {
        Resolution resolution = resolved(pid, container, new NamespaceId(4, namespace), initPid);
        processes.put(pid, resolution);
        return resolution;
    }

    private static Resolution resolved(long pid, @Nullable String container, NamespaceId namespace, long initPid) {
        boolean own = namespace.equals(HOST);
        return new Resolution.Resolved(
                new ObservedProcess(pid, pid == initPid ? 1 : pid, initPid, "x", Instant.ofEpochSecond(pid)),
                new PidNamespace(namespace, null, own ? 0 : 1, own ? List.of() : List.of(HOST)),
                new Init.Known(initPid, InitWay.PROC_SCAN),
                container == null
                        ? new NoContainer(NoContainer.Reason.HOST, "root cgroup", "/")
                        : new ContainerIdentity(
                                container,
                                ContainerRuntime.DOCKER,
                                container,
                                null,
                                null,
                                container.equals("sandbox"),
                                Map.of(),
                                "/" + container,
                                new Provenance(Provenance.Source.CGROUP, "test", "/" + container),
                                List.of()));
    }
}
