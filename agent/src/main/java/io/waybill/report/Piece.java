// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time that is settled at once: mostly that of a chunk. A chunk is 12 MiB large by default, but grows when a
 * JVM cannot keep up, and can be set to any size; then it is read several times, a piece each.
 *
 * @param from its begin
 * @param to its end
 * @param first whether it is the newest of its chunk, with which all that has no place in time is read, too
 * @param last whether it is the oldest of its chunk, with which all that is older still is read, too
 */
record Piece(long from, long to, boolean first, boolean last) {
    private static final long MOST_BYTES = 32 << 20;

    /** A thread can be late to write what happened before a chunk began, but not by much: 0.1 s. */
    private static final long LATE = 100_000_000;

    /** The pieces of a chunk, the newest first. */
    static List<Piece> of(ChunkHeader chunk) {
        int count = (int) Math.min(1000, 1 + chunk.size() / MOST_BYTES);
        long from = chunk.begin() + LATE;
        List<Piece> pieces = new ArrayList<>();
        long to = Long.MAX_VALUE;
        for (int i = count - 1; i > 0; i--) {
            long middle = from + chunk.duration() / count * i;
            pieces.add(new Piece(middle, to, i == count - 1, false));
            to = middle;
        }
        pieces.add(new Piece(from, to, count == 1, true));
        return pieces;
    }

    /** Whether something belongs to it. */
    boolean takes(long time) {
        return time < to && (last || time >= from);
    }
}
