// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How much of a core may be spent on what others can cause without end: a tenth, averaged over ten seconds. Whoever finds it
 * spent puts off what it was about to do.
 */
final class Budget {
    private static final int SHARE = 10;
    private static final long MOST_NANOS = 1_000_000_000;
    /** The first look of a slow machine, or an emulated one, may take longer than is saved up, and is not worth a word. */
    private static final int WORTH_A_WORD = 10;

    private final LongSupplier time;
    private final LongSupplier cpu;
    private final Consumer<String> complaints;
    private final String complaint;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong spendings = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private long left = MOST_NANOS;
    private long asOf;

    /**
     * Makes one that has not been spent from.
     *
     * @param cpu how long the calling thread has run on a CPU, in nanoseconds
     * @param complaint what is told once when something is put off again and again
     */
    Budget(LongSupplier cpu, Consumer<String> complaints, String complaint) {
        this(System::nanoTime, cpu, complaints, complaint);
    }

    Budget(LongSupplier time, LongSupplier cpu, Consumer<String> complaints, String complaint) {
        this.time = time;
        this.cpu = cpu;
        this.complaints = complaints;
        this.complaint = complaint;
        this.asOf = time.getAsLong();
    }

    /** Does something at its expense. In any thread. */
    void spend(Runnable action) {
        long before = cpu.getAsLong();
        try {
            action.run();
        } finally {
            spendings.incrementAndGet();
            charge(cpu.getAsLong() - before);
        }
    }

    /** The kernel dropped what nobody had read in time. */
    void lost() {
        losses.incrementAndGet();
    }

    /** Spends so much. In any thread. */
    synchronized void charge(long nanos) {
        refill();
        left -= nanos;
    }

    /** How long to put off what comes next, in nanoseconds; 0 if it need not be. Counted and, the tenth time, told. */
    long putOff() {
        long nanos = overdrawn();
        if (nanos > 0 && count.incrementAndGet() == WORTH_A_WORD) {
            complaints.accept(complaint);
        }
        return nanos;
    }

    /** How often something was put off. */
    long count() {
        return count.get();
    }

    /** How often something was done at its expense. */
    long spendings() {
        return spendings.get();
    }

    /** How often the kernel dropped what nobody had read in time. */
    long losses() {
        return losses.get();
    }

    /** By the clock of what is charged. */
    long cpuNanos() {
        return cpu.getAsLong();
    }

    private synchronized long overdrawn() {
        refill();
        return left >= 0 ? 0 : -left * SHARE;
    }

    private void refill() {
        long now = time.getAsLong();
        left = Math.min(MOST_NANOS, left + (now - asOf) / SHARE);
        asOf = now;
    }
}
