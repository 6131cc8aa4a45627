// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.nio.ByteBuffer;

/**
 * The header of one chunk of a recording, all numbers big-endian (since JDK 11).
 *
 * <pre>
 * 464c5200 0002 0001 000000000001cc6c 000000000001cc0d 0000000000004084
 * (1)      (2)       (3)              (4)              (5)
 *     18eb6a7297bbb028 000000001d931116 00000000e6b8c771 000000003b9aca00 00 ...
 *     (6)              (7)              (8)              (9)              (10)
 * (1) FLR and a zero
 * (2) version, major and minor
 * (3) bytes in the chunk, this header included
 * (4) (5) where its constants and its metadata begin
 * (6) when it began, nanoseconds since 1970
 * (7) how long it lasted, nanoseconds
 * (8) the recording JVM's time stamp counter at the begin; it began to count when the JVM started
 * (9) how often it counts in a second
 * (10) at byte 64: 0 once the chunk is finished, 255 while the JVM that records writes this header anew; between, what this
 *     header speaks of can be read, and more is to come, unless the JVM was killed (since JDK 14)
 * </pre>
 *
 * @param position where it begins in the file
 * @param size bytes in it
 * @param begin nanoseconds since 1970
 * @param duration nanoseconds
 * @param ticks the time stamp counter at its begin
 * @param ticksPerSecond how often that counts; 0 where it may be another one than the JVM's, which writes the format 2.1 since
 *     JDK 14: async-profiler has one of its own, and adds chunks of the format 2.0 to a recording
 * @param finished whether nothing more was to come
 */
record ChunkHeader(
        long position, long size, long begin, long duration, long ticks, long ticksPerSecond, boolean finished) {
    static final int BYTES = 68;

    /** Where in the header stands whether it is finished. */
    static final int STATE = 64;

    static final byte FINISHED = 0;
    static final int MAGIC = 0x464c5200;
    private static final int NEWEST_MAJOR = 2;

    /** The format 2.1. */
    private static final int COUNTED = 0x20001;

    private static final int BEING_WRITTEN = 255;

    /**
     * Takes a header apart.
     *
     * @param bytes from the magic number on
     * @throws RecordingException if it is none, or of a version that is not read
     */
    static ChunkHeader parse(ByteBuffer bytes, long position) throws RecordingException {
        if (bytes.getInt(0) != MAGIC) {
            throw new RecordingException("no chunk begins at byte " + position);
        }
        int major = bytes.getShort(4);
        if (major < 1 || major > NEWEST_MAJOR) {
            throw new RecordingException("the recording has the format " + major + "." + bytes.getShort(6)
                    + "; those of JDK 11 and later, 2.x, are read");
        }
        boolean counted = (major << 16) + bytes.getShort(6) >= COUNTED;
        boolean finished = bytes.get(STATE) == FINISHED;
        return new ChunkHeader(
                position,
                bytes.getLong(8),
                bytes.getLong(32),
                bytes.getLong(40),
                bytes.getLong(48),
                counted ? bytes.getLong(56) : 0,
                finished);
    }

    /**
     * Whether the JDK's reader would wait for the recording JVM to finish the header: forever, if that was killed.
     *
     * @param bytes from the magic number on
     */
    static boolean isWaitedFor(ByteBuffer bytes) {
        return bytes.getLong(24) == 0 || (bytes.get(STATE) & 0xff) == BEING_WRITTEN;
    }

    /** Whether it says something that can be: a chunk is not smaller than its header. */
    boolean isPlausible() {
        return size >= BYTES && begin > 0 && duration >= 0;
    }

    long end() {
        return begin + duration;
    }

    /**
     * Where the JVM's counter began, by the clock that the times of this chunk's events are by: nanoseconds since 1970.
     * The clock is read at the begin of a chunk only, and set meanwhile, or fast or slow by what the JVM takes the counter's
     * rate for (JDK-8191415); so in two chunks one moment can have two times, and only what the counter said then is the same.
     */
    long origin() {
        return isCounted() ? begin - (long) (ticks / (ticksPerSecond / 1e9)) : 0;
    }

    /** Whether it has times of the JVM's counter. */
    boolean isCounted() {
        return ticksPerSecond > 0;
    }

    /** Whether it begins where another one ends: the JVM takes one time for both. */
    boolean follows(ChunkHeader previous) {
        return begin == previous.end() && ticks >= previous.ticks && ticksPerSecond == previous.ticksPerSecond;
    }

    /** What no other chunk has, and a chunk has in whichever file it is, also where it was not finished yet. */
    Begin identity() {
        return new Begin(begin, ticks, ticksPerSecond);
    }

    /**
     * The begin of a chunk.
     *
     * @param nanos since 1970
     * @param ticks the time stamp counter
     * @param ticksPerSecond how often that counts
     */
    record Begin(long nanos, long ticks, long ticksPerSecond) {}
}
