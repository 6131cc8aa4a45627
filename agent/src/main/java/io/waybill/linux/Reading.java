// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Descriptors that one thread reads until another ends it. They are closed once: by the reader when it is through, or by
 * whoever ends it where nobody reads; or by the last one who does something else with them, since none of these waits for
 * another. Afterwards their numbers mean other files, so nothing is done with them any more.
 */
final class Reading {
    private static final int CLOSED = 1 << 30;

    private final Runnable wakeUp;
    private final Runnable closing;
    private volatile boolean ended;
    private boolean begun;
    private boolean closed;
    /** How many do something with the descriptors now, and whether nobody begins to any more. */
    private final AtomicInteger users = new AtomicInteger();

    private final AtomicBoolean left = new AtomicBoolean();

    /**
     * Makes it, not begun yet.
     *
     * @param wakeUp makes the reader's system call return
     * @param closing closes the descriptors
     */
    Reading(Runnable wakeUp, Runnable closing) {
        this.wakeUp = wakeUp;
        this.closing = closing;
    }

    /** The calling thread reads from now on, and calls {@link #close()} when it is through; not if this is false. */
    synchronized boolean begin() {
        begun = !closed;
        return begun;
    }

    /** Whether the reader is to stop. */
    boolean isEnded() {
        return ended;
    }

    /** Does something with the descriptors, unless they are closed, which is false. */
    boolean with(BooleanSupplier action) {
        try {
            return users.incrementAndGet() < CLOSED && action.getAsBoolean();
        } finally {
            closeIfUnused(users.decrementAndGet());
        }
    }

    /** Ends the reading; in any thread, any number of times. */
    synchronized void end() {
        ended = true;
        if (!begun) {
            close();
        } else if (!closed) {
            wakeUp.run();
        }
    }

    /** The reader is through. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            closeIfUnused(users.addAndGet(CLOSED));
        }
    }

    private void closeIfUnused(int count) {
        if (count == CLOSED && left.compareAndSet(false, true)) {
            closing.run();
        }
    }
}
