// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How listeners are told what comes and goes in the table. */
class TellingsTest {
    private static final int HANGS_SECONDS = 20;

    private final ContainerTable table = new ContainerTable(
            new EntryMaker(pid -> new Resolution.Gone(pid, "test", null), pid -> Optional.empty()),
            Clock.systemUTC(),
            10);

    /** As where the application listens to its MBean server, and waits for a thread of its own that asks for the table. */
    @Test
    void whileAListenerIsToldAnybodyMayAsk() {
        List<Integer> seen = new ArrayList<>();
        table.listen(new Telling(word -> seen.add(sizeInAnotherThread())));

        table.update(List.of(), List.of(process(10), process(20)));
        table.observed(process(30));
        table.initEnded(30, 0);
        table.update(List.of(process(10)), List.of());
        table.endThoseWithoutInit();

        assertThat(seen).containsExactly(2, 2, 3, 2, 1, 0);
    }

    @Test
    void whatAListenerThrowsKeepsNothingFromTheOthers() {
        List<String> told = new ArrayList<>();
        table.listen(new Telling(word -> {
            throw new IllegalStateException("planted by " + word);
        }));
        table.listen(new Telling(told::add));

        assertThatThrownBy(() -> table.update(List.of(), List.of(process(10), process(20))))
                .hasMessageStartingWith("planted by started");

        assertThat(told).containsExactlyInAnyOrder("started 10", "started 20");
        assertThat(table.entries()).hasSize(2);
    }

    private int sizeInAnotherThread() {
        return CompletableFuture.supplyAsync(() -> table.entries().size())
                .orTimeout(HANGS_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static Resolution process(long pid) {
        return new Resolution.Resolved(
                new ObservedProcess(pid, 1, 1, "x", Instant.ofEpochSecond(pid)),
                new PidNamespace(new NamespaceId(4, pid), null, 1, List.of(new NamespaceId(4, 1))),
                new Init.Known(pid, InitWay.PROC_SCAN),
                new NoContainer(NoContainer.Reason.HOST, "root cgroup", "/"));
    }

    private record Telling(Consumer<String> taker) implements ContainerListener {
        @Override
        public void started(ContainerEntry container) {
            taker.accept("started " + container.initPid());
        }

        @Override
        public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
            taker.accept("ended " + container.initPid());
        }
    }
}
