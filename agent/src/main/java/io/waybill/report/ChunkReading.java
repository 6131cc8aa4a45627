// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.IOException;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** One chunk while it is read, in as many pieces as there must be. */
final class ChunkReading implements AutoCloseable {
    private final Chunk chunk;
    private final RecordingPart part;
    private final RecordingEvents events;
    private @Nullable ChunkSlice slice;
    private @Nullable Exception unreadable;
    private @Nullable Throwable damage;
    private boolean begun;
    private boolean hadEvents;
    private boolean done;
    private long oldest;

    ChunkReading(Chunk chunk, RecordingPart part, RecordingEvents events) {
        this.chunk = chunk;
        this.part = part;
        this.events = events;
    }

    /** Whether something of it may belong to a piece. */
    boolean reachesInto(Piece piece) {
        return unreadable == null && (begun ? oldest < piece.to() : chunk.end() + Chunk.LATE > piece.from());
    }

    /** Reads what belongs to a piece. */
    void read(Piece piece) {
        long before = events.count();
        events.begin(chunk, part, !begun);
        try {
            slice = slice == null ? ChunkSlice.of(chunk) : slice;
            Throwable wrong = read(slice, piece);
            damage = damage == null ? wrong : damage; // the same as a rule
        } catch (IOException e) {
            unreadable = e; // no copy of this chunk can be made
        }
        hadEvents |= events.count() > before;
        oldest = begun ? oldest : events.oldest();
        begun = true;
    }

    /** Why the chunk could not be read to its end; null if it could. */
    private @Nullable Throwable read(ChunkSlice from, Piece piece) {
        try (RecordingFile recording = new RecordingFile(from.path())) {
            while (recording.hasMoreEvents()) {
                events.add(recording.readEvent(), piece);
            }
            return null;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // The JDK's reader has an unchecked exception for many kinds of damage, and believes a length that it
            // reads.
            return e;
        }
    }

    /** Says what is wrong with it, and that it was read, once no more of it is. */
    void finish(List<String> problems) {
        if (!chunk.header().finished()) {
            problems.add(chunk.place() + " was not finished, as by a JVM that was killed: what it did last is missing");
        }
        if (unreadable instanceof RecordingException) {
            String problem = String.valueOf(unreadable.getMessage());
            if (!problems.contains(problem)) {
                problems.add(problem); // once, whatever chunk it is
            }
            return;
        }
        Throwable wrong = unreadable == null ? damage : unreadable;
        if (wrong != null) {
            problems.add(chunk.place() + " (" + chunk.header().size() + " bytes) cannot be read to its end: " + wrong);
        }
        if (wrong == null || hadEvents) {
            part.read();
        }
    }

    /** How many bytes are done with, as far as a piece can tell that has not given up any; told once. */
    long bytesDone(Piece piece) {
        if (done || !piece.last()) {
            return 0;
        }
        done = true;
        return chunk.header().size();
    }

    /** Gives the copy back; another one is made if more is read. */
    @Override
    public void close() {
        try {
            if (slice != null) {
                slice.close();
            }
        } catch (IOException e) {
            damage = damage == null ? e : damage;
        }
        slice = null;
    }
}
