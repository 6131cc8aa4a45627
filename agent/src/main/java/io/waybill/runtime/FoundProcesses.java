// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.Resolution;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The processes that the kernel's events led to, until the agent's thread takes them in: each when its turn comes, or
 * sooner, between two processes of a look that takes long. What a runtime writes down of a container is there only for as
 * long as that runs.
 */
final class FoundProcesses {
    private final Deque<Resolution> queue = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Consumer<Resolution> taker;

    /**
     * Makes it.
     *
     * @param taker takes one in, in the agent's thread
     */
    FoundProcesses(Consumer<Resolution> taker) {
        this.taker = taker;
    }

    /** Adds one, which {@link #take} is to be called for. */
    void add(Resolution resolution) {
        waiting.incrementAndGet();
        try {
            queue.add(resolution);
        } catch (RuntimeException | Error e) { // for want of memory
            waiting.decrementAndGet();
            throw e;
        }
    }

    /** Forgets the one that was added last, which nobody will come for. */
    void remove(Resolution resolution) {
        if (queue.removeLastOccurrence(resolution)) {
            waiting.decrementAndGet();
        }
    }

    /** Whether none waits to be taken in, or is being taken in. */
    boolean isEmpty() {
        return waiting.get() == 0;
    }

    /** Takes in those that came first, if there are any. */
    void take(int most) {
        for (int i = 0; i < most; i++) {
            Resolution next = queue.poll();
            if (next == null) {
                return;
            }
            try {
                taker.accept(next);
            } finally {
                waiting.decrementAndGet();
            }
        }
    }
}
