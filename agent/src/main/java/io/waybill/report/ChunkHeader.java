// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.nio.ByteBuffer;

/**
 * The header of one chunk of a recording, all numbers big-endian (since JDK 11).
 *
 * <pre>
 * 464c5200 0002 0001 00000000010a3e51 0000000001099a44 00000000010a2f00 18eb3fd1c7fa52c4 000000002b65e79c ... 00 ...
 * (1)      (2)       (3)              (4)              (5)              (6)              (7)                  (8)
 * (1) FLR and a zero
 * (2) version, major and minor
 * (3) bytes in the chunk, this header included
 * (4) (5) where its constants and its metadata begin
 * (6) when it began, nanoseconds since 1970
 * (7) how long it lasted, nanoseconds
 * (8) at byte 64: 0 once the chunk is finished, 255 while the JVM that records writes this header anew; between, what this
 *     header speaks of can be read, and more is to come, unless the JVM was killed (since JDK 14)
 * </pre>
 *
 * @param position where it begins in the file
 * @param size bytes in it
 * @param begin nanoseconds since 1970
 * @param duration nanoseconds
 * @param ticks the time stamp counter at its begin
 * @param finished whether nothing more was to come
 */
record ChunkHeader(long position, long size, long begin, long duration, long ticks, boolean finished) {
    static final int BYTES = 68;

    /** Where in the header stands whether it is finished. */
    static final int STATE = 64;

    static final byte FINISHED = 0;
    static final int MAGIC = 0x464c5200;
    private static final int NEWEST_MAJOR = 2;
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
        boolean finished = bytes.get(STATE) == FINISHED;
        return new ChunkHeader(
                position, bytes.getLong(8), bytes.getLong(32), bytes.getLong(40), bytes.getLong(48), finished);
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

    /** The same chunk, whichever file it is in. */
    boolean isSameAs(ChunkHeader other) {
        return size == other.size && begin == other.begin && ticks == other.ticks;
    }
}
