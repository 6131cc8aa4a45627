// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.nio.file.Path;

/**
 * A chunk, and where it is.
 *
 * @param number of the file among those that were given
 * @param file the recording
 * @param header what it says of itself
 * @param origin where the JVM's counter began, by the clock that the times in this chunk are by: nanoseconds since 1970
 */
record Chunk(int number, Path file, ChunkHeader header, long origin) {
    /** A thread can be late to write what happened before a chunk began, but not by much: 0.1 s. */
    static final long LATE = 100_000_000;

    /** One whose counter is the JVM's, as far as its header says. */
    static Chunk of(int number, Path file, ChunkHeader header) {
        return new Chunk(number, file, header, header.origin());
    }

    Chunk withOrigin(long other) {
        return new Chunk(number, file, header, other);
    }

    /** When it began, in nanoseconds by the JVM's counter. */
    long uptime() {
        return header.begin() - origin;
    }

    /** When it ended, in nanoseconds by the JVM's counter, as far as the clock was not set meanwhile. */
    long end() {
        return header.end() - origin;
    }

    /** For messages. */
    String place() {
        return file + ": the chunk at byte " + header.position();
    }
}
