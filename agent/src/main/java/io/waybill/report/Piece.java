// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.Arrays;

/**
 * A stretch of time that is settled at once: mostly that of a chunk, or of several that overlap. A chunk is 12 MiB large by
 * default, but grows when a JVM cannot keep up, and can be set to any size. While it is read, a piece gives up its older
 * part when there is no room for it; then the chunk is read again, for what is older. By then it is known how much there is
 * at which time, so that the next piece begins where it fits, and need not take what it would only give up.
 */
final class Piece {
    private static final int STEPS = 4096;

    private final long to;
    private final long begin;
    private final long step;
    private final long[] bytes;
    private long from;

    private Piece(long from, long to, long begin, long step, long[] bytes) {
        this.from = from;
        this.to = to;
        this.begin = begin;
        this.step = step;
        this.bytes = bytes;
    }

    /**
     * The newest: as yet all that there is.
     *
     * @param begin of what is to be read, in nanoseconds by the JVM's counter
     * @param end of it
     */
    static Piece newest(long begin, long end) {
        long step = Math.max(1, (end - begin) / STEPS);
        return new Piece(Long.MIN_VALUE, Long.MAX_VALUE, begin, step, new long[STEPS]);
    }

    /**
     * What comes before this one.
     *
     * @param room for so many bytes
     */
    Piece older(long room) {
        int first = step(from - 1);
        long all = bytes[first];
        while (first > 0 && all + bytes[first - 1] <= room) {
            first--;
            all += bytes[first];
        }
        boolean rest = Arrays.stream(bytes, 0, first).sum() == 0;
        return new Piece(rest ? Long.MIN_VALUE : begin + first * step, from, begin, step, bytes);
    }

    private int step(long time) {
        // of a recording that was made to harm, the difference may be more than a long has
        return time <= begin ? 0 : (int) Math.max(0, Math.min(STEPS - 1, (time - begin) / step));
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
     * @param needs so many bytes, if it is taken
     * @param first whether its chunk was not read before: then also what is later, which no other piece can have
     */
    boolean takes(long time, int needs, boolean first) {
        if (first) {
            bytes[step(time)] += needs;
        }
        return time >= from && (first || time < to);
    }
}
