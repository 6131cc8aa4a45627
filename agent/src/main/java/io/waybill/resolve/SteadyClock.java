// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.linux.Linux;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of day when it was made, and what has passed since. Starts of processes are reckoned from when the machine was
 * booted, by the time of day when that was read: a clock that is set later must not make a process look old, or end it
 * before it began.
 */
final class SteadyClock extends Clock {
    private final Instant made;
    private final long nanosThen;
    private final LongSupplier nanos;

    SteadyClock(InstantSource timeOfDay, LongSupplier nanos) {
        this.made = timeOfDay.instant();
        this.nanosThen = nanos.getAsLong();
        this.nanos = nanos;
    }

    /** One that is right now; where the kernel cannot be asked, it stands still while the machine is suspended. */
    static SteadyClock over(@Nullable Linux linux) {
        return new SteadyClock(
                Clock.systemUTC(), linux == null ? System::nanoTime : linux.callingThread()::nanosSinceBoot);
    }

    @Override
    public Instant instant() {
        return made.plus(Duration.ofNanos(nanos.getAsLong() - nanosThen));
    }

    @Override
    public ZoneId getZone() {
        return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
