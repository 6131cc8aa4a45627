// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import io.waybill.testing.LimitedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container that its runtime writes down long after it made the namespace, as where hooks run or the machine is busy. */
class SlowRuntimeTest {
    /** More than an answer takes to last. */
    private static final int SECONDS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"createRuntime", "createContainer"})
    void itIsToldOfOnceAndByItsName(String hook) throws Exception {
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> {})) {
            LookingAgent agent = new LookingAgent(answers);
            Watch watch = agent.watch();
            watch.pass();
            CompletableFuture<LimitedContainer> making = CompletableFuture.supplyAsync(() -> make(hook));
            while (!making.isDone()) {
                watch.pass();
            }
            try (LimitedContainer container = making.get()) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (of(container, agent).isEmpty() && System.nanoTime() < end) {
                    watch.pass();
                }

                assertThat(of(container, agent)).singleElement().satisfies(entry -> {
                    assertThat(entry.displayName()).isEqualTo(container.id());
                    assertThat(entry.initPid()).isEqualTo(container.initPid());
                    assertThat(entry.initProcess().command()).isNotEqualTo("runc:[2:INIT]");
                });
            }
        }
    }

    private static List<ContainerEntry> of(LimitedContainer container, LookingAgent agent) {
        return agent.started().stream()
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
}
