// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/**
 * A stretch of time that is settled at once: mostly that of a chunk, or of several that overlap. A chunk is 12 MiB large by
 * default, but grows when a JVM cannot keep up, and can be set to any size. While it is read, a piece gives up its older
 * part when there is no room for it; then the chunk is read again, for what is older.
 */
final class Piece {
    private final long to;
    private long from = Long.MIN_VALUE;

    private Piece(long to) {
        this.to = to;
    }

    /** The newest: as yet all that there is. */
    static Piece newest() {
        return new Piece(Long.MAX_VALUE);
    }

    /** What this one gave up. */
    Piece older() {
        return new Piece(from);
    }

    /** Whether it has all that is older than its end. */
    boolean last() {
        return from == Long.MIN_VALUE;
    }

    /** Its begin, in nanoseconds by the JVM's counter. */
    long from() {
        return from;
    }

    /** Its end, which does not belong to it, in nanoseconds by the JVM's counter. */
    long to() {
        return to;
    }

    /** Gives up what is before a time. */
    void beginAt(long time) {
        from = Math.max(from, time);
    }

    /**
     * Whether something belongs to it.
     *
     * @param first whether its chunk was not read before: then also what is later, which no other piece can have
     */
    boolean takes(long time, boolean first) {
        return time >= from && (first || time < to);
    }
}
