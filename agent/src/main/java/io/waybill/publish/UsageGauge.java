// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.cgroupfs.Usage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What a container uses, read when somebody asks and then good for a second, so that all numbers of a bean are of one reading. */
final class UsageGauge {
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Optional<Usage>> source;
    private final LongSupplier nanoTime;
    private UsageFigures figures = UsageFigures.NONE;
    private double cpu;
    private long readAt;
    private boolean read;

    UsageGauge(Supplier<Optional<Usage>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** The latest figures. */
    synchronized UsageFigures figures() {
        readIfOld();
        return figures;
    }

    /** How many processors were used at a time between the last two readings; 0 before there are two. */
    synchronized double cpu() {
        readIfOld();
        return cpu;
    }

    private void readIfOld() {
        long now = nanoTime.getAsLong();
        if (read && now - readAt < GOOD_FOR) {
            return;
        }
        UsageFigures before = figures;
        figures = source.get().map(UsageFigures::of).orElse(UsageFigures.NONE);
        cpu = read ? Math.max(0, figures.cpuNanos() - before.cpuNanos()) / (double) (now - readAt) : 0;
        readAt = now;
        read = true;
    }
}
