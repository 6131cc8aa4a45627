// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import io.waybill.testing.LimitedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that its runtime writes down long after it made the namespace, as where hooks run or the machine is busy. */
class SlowRuntimeTest {
    /** More than an answer takes to last. */
    private static final int SECONDS = 3;

    private final List<ContainerEntry> started = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"createRuntime", "createContainer"})
    void itIsToldOfOnceAndByItsName(String hook) throws Exception {
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> {})) {
            EntryMaker maker = new EntryMaker(answers.resolver(), answers.processes()::read);
            ContainerTable table = new ContainerTable(maker, Clock.systemUTC(), 100_000);
            table.listen(new Starts());
            Watch watch = new Watch(
                    answers,
                    answers.resolver(),
                    table,
                    answers.self(),
                    true,
                    (resolution, joined) -> {},
                    message -> fail(message));
            watch.pass();
            CompletableFuture<LimitedContainer> making = CompletableFuture.supplyAsync(() -> make(hook));
            while (!making.isDone()) {
                watch.pass();
            }
            try (LimitedContainer container = making.get()) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (of(container).isEmpty() && System.nanoTime() < end) {
                    watch.pass();
                }

                assertThat(of(container)).singleElement().satisfies(entry -> {
                    assertThat(entry.displayName()).isEqualTo(container.id());
                    assertThat(entry.initPid()).isEqualTo(container.initPid());
                    assertThat(entry.initProcess().command()).isNotEqualTo("runc:[2:INIT]");
                });
            }
        }
    }

    private List<ContainerEntry> of(LimitedContainer container) {
        return started.stream()
                .filter(entry -> entry.identity().cgroupPath().endsWith(container.id()))
                .toList();
    }

    private static LimitedContainer make(String hook) {
        try {
            return LimitedContainer.sleepingAfterHook(hook, SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Starts implements ContainerListener {
        @Override
        public void started(ContainerEntry container) {
            started.add(container);
        }

        @Override
        public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {}
    }
}
