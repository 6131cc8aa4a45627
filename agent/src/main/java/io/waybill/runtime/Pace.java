// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a thread that reads what others cause within a budget: it rests when that is spent, and the kernel drops the rest. */
final class Pace {
    private static final long UNKNOWN = -1;

    private final Budget budget;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** What the thread had run when it came last. */
    private long before = UNKNOWN;

    Pace(Budget budget) {
        this.budget = budget;
    }

    /** Before each thing that is read, in the reading thread: pays for the one before, and rests if it has to. */
    void keep() {
        long now = budget.cpuNanos();
        if (before != UNKNOWN) {
            budget.charge(now - before);
        }
        before = now;
        long nanos = budget.putOff();
        if (nanos > 0) {
            rest(nanos);
        }
    }

    /** Ends the rest, if there is one; there are no more. */
    void end() {
        ended.countDown();
    }

    private void rest(long nanos) {
        try {
            ended.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return; // nobody interrupts it but by mistake
        }
    }
}
