// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.Collection;

/** The memory for what waits to be settled; when it is full, the older half of a piece is given up for now. */
final class Room {
    /** Of so many scopes one is asked for its time, when the middle is looked for. */
    private static final int STEP = 16;

    private final long bytes;
    private final Collection<ThreadWork> threads;
    private long limit;
    private long taken;

    /**
     * Is empty.
     *
     * @param bytes how much there is; what is open from one piece to the next may take more
     * @param threads who takes it, as it is at any time; those that have nothing left are removed
     */
    Room(long bytes, Collection<ThreadWork> threads) {
        this.threads = threads;
        this.bytes = bytes;
        this.limit = bytes;
    }

    /** Takes room for something that a thread did. */
    void take(int more, Piece piece) {
        taken += more;
        if (taken > limit) {
            long[] times = threads.stream()
                    .flatMapToLong(thread -> thread.newTimes(STEP))
                    .sorted()
                    .toArray();
            if (times.length > 0) {
                long middle = times[times.length / 2];
                piece.beginAt(middle);
                threads.forEach(thread -> thread.drop(middle));
                threads.removeIf(ThreadWork::isIdle);
            }
            measure();
        }
    }

    /** How much can be taken before something is given up. */
    long free() {
        return limit - taken;
    }

    /** Looks at how much is taken. */
    void measure() {
        taken = threads.stream().mapToLong(ThreadWork::bytes).sum();
        limit = Math.max(bytes, taken + taken / 2); // where half of it could not be given up
    }
}
