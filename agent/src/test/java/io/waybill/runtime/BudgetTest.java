// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong time = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private final Budget budget = new Budget(time::get, cpu::get, told::add, "too much");

    @Test
    void aSecondMayBeSpentAtOnce() {
        spend(999);

        assertThat(budget.putOff()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsSpentBeyondTakesTenTimesAsLongToComeBack() {
        spend(1050);

        assertThat(budget.putOff()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        pass(499);
        assertThat(budget.putOff()).isPositive();
        pass(1);
        assertThat(budget.putOff()).isZero();
    }

    @Test
    void overManySecondsATenthIsSpent() {
        long spent = 0;
        for (int millis = 0; millis < 100_000; millis++) {
            if (budget.putOff() == 0) {
                spend(1);
                spent++;
            }
            pass(1);
        }

        assertThat(spent).isBetween(10_900L, 11_100L);
    }

    @Test
    void noMoreThanASecondIsSavedUp() {
        pass(3_600_000);
        spend(1001);

        assertThat(budget.putOff()).isPositive();
    }

    @Test
    void eachTimeIsCountedAndTheTenthIsTold() {
        spend(2000);
        for (int i = 0; i < 9; i++) {
            budget.putOff();
        }
        assertThat(told).isEmpty();

        for (int i = 9; i < 30; i++) {
            budget.putOff();
        }

        assertThat(told).containsExactly("too much");
        assertThat(budget.count()).isEqualTo(30);
    }

    private void spend(long millis) {
        budget.spend(() -> cpu.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    private void pass(long millis) {
        time.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
