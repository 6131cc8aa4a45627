// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.cgroupfs.Usage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a container uses, read when somebody asks and then good for a second, so that all numbers of a bean are of one reading.
 * How it is read is told by who asks, since there is one of these for each container.
 */
final class UsageGauge {
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private UsageFigures figures = UsageFigures.NONE;
    private long cpuNanos = UsageCounters.UNKNOWN;
    private double cpu;
    private long readAt;
    private boolean read;

    UsageGauge(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The latest figures. */
    synchronized UsageFigures figures(Supplier<Optional<Usage>> source) {
        readIfOld(source);
        return figures;
    }

    /** How many processors were used at a time between the last two readings; 0 where one of them did not tell. */
    synchronized double cpu(Supplier<Optional<Usage>> source) {
        readIfOld(source);
        return cpu;
    }

    private void readIfOld(Supplier<Optional<Usage>> source) {
        long now = nanoTime.getAsLong();
        if (read && now - readAt < GOOD_FOR) {
            return;
        }
        long before = cpuNanos;
        Optional<Usage> usage = source.get();
        figures = usage.map(UsageFigures::of).orElse(UsageFigures.NONE);
        cpuNanos = usage.map(each -> UsageCounters.of(each).cpuNanos()).orElse(UsageCounters.UNKNOWN);
        // otherwise all that it used since it started would count as used since the reading that did not tell
        boolean known = before >= 0 && cpuNanos >= before;
        cpu = known ? (cpuNanos - before) / (double) (now - readAt) : 0;
        readAt = now;
        read = true;
    }
}
