// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> timeOfDay = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong(4711);

    @Test
    void whatPassesIsCounted() {
        SteadyClock clock = new SteadyClock(timeOfDay::get, nanos::get);

        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void aTimeOfDayThatIsSetChangesNothing() {
        SteadyClock clock = new SteadyClock(timeOfDay::get, nanos::get);

        timeOfDay.set(NOON.minus(Duration.ofDays(1)));

        assertThat(clock.instant()).isEqualTo(NOON);
    }
}
