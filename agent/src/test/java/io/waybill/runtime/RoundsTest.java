// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    /** Whose clock says that each look takes two seconds, where one second may be spent. */
    private final AtomicLong cpu = new AtomicLong();

    private final Budget budget =
            new Budget(() -> 0, () -> cpu.getAndAdd(TimeUnit.SECONDS.toNanos(2)), message -> {}, "too much");

    @Test
    void theFirstLookIsNotChargedSoTheSecondIsNotPutOff() {
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> {})) {
            Rounds rounds = new LookingAgent(answers).rounds(AT_ONCE, budget);
            rounds.next();
            rounds.next();

            assertThat(budget.spendings()).isEqualTo(1);
            assertThat(budget.count()).isZero();

            Duration soon = rounds.next();

            assertThat(budget.spendings()).isEqualTo(1);
            assertThat(budget.count()).isEqualTo(1);
            assertThat(soon).isGreaterThan(Duration.ofSeconds(1)); // until what was overdrawn has come back
        }
    }

    @Test
    void aPeriodOfMoreNanosecondsThanCanBeCountedIsNeverOver() {
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> {})) {
            Rounds rounds = new LookingAgent(answers).rounds(Duration.ofMinutes(999_999_999), budget);
            rounds.next();

            assertThat(rounds.next()).isGreaterThan(Duration.ofDays(365));
            assertThat(budget.spendings() + budget.count()).isZero();
        }
    }
}
