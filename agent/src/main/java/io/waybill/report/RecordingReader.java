// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads recordings into one report.
 *
 * <p>Chunk by chunk, the newest first, so that memory is needed for what is in one chunk, not in the recording; a chunk that
 * does not fit is read piece by piece.
 */
public final class RecordingReader {
    /** A thread can be late to write what happened before a chunk began, but not by much: 0.1 s. */
    private static final long LATE = 100_000_000;

    /** More is of little use: a default chunk needs some MiB. */
    private static final long MOST_ROOM = 256 << 20;

    private final StackTrie trie = new StackTrie();
    private final Children children = new Children();
    private final Ledger ledger = new Ledger(trie, children);
    private final List<RecordingJvm> jvms = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<ChunkHeader> seen = new ArrayList<>();
    private final Progress progress;
    private final long all;
    private final long room;
    private long done;
    private long lostSamples;
    private boolean cpuTimeIsComplete = true;

    private RecordingReader(Progress progress, long all, long room) {
        this.room = room;
        this.progress = progress;
        this.all = all;
    }

    /** Reads files; what cannot be read is among the report's problems. */
    public static Report read(List<Path> files, Progress progress) {
        return read(files, progress, Math.min(MOST_ROOM, Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * Reads files.
     *
     * @param room for what waits to be settled, in bytes
     */
    static Report read(List<Path> files, Progress progress, long room) {
        RecordingReader reader = new RecordingReader(
                progress, files.stream().mapToLong(RecordingReader::size).sum(), room);
        for (Path file : files) {
            reader.add(file);
        }
        return reader.finish();
    }

    private void add(Path file) {
        long before = done;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            problems.add(file + ": it is no regular file, and a recording is read more than once");
            return; // a pipe might have no writer, and be waited for
        }
        try (FileChannel channel = FileChannel.open(file)) {
            addChunks(file, channel, ChunkList.of(channel));
        } catch (NoSuchFileException e) {
            problems.add(file + ": there is no such file");
        } catch (AccessDeniedException e) {
            problems.add(file + ": it may not be read");
        } catch (IOException e) {
            problems.add(file + ": " + e.getMessage());
        }
        done = before + size(file);
        progress.at(done, all);
    }

    private void addChunks(Path file, FileChannel channel, ChunkList list) {
        list.problems().forEach(problem -> problems.add(file + ": " + problem));
        List<ChunkHeader> chunks = list.chunks().stream()
                .sorted(Comparator.comparingLong(ChunkHeader::begin).reversed())
                .toList();
        RecordingEvents events = new RecordingEvents(jvms.size(), ledger, children, trie, room);
        int read = 0;
        for (ChunkHeader chunk : chunks) {
            if (seen.stream().anyMatch(chunk::isSameAs)) {
                notes.add(file + ": the chunk at byte " + chunk.position()
                        + " is in another of the recordings too; it is counted once");
            } else {
                seen.add(chunk);
                read += addChunk(file, channel, chunk, events) ? 1 : 0;
            }
            done += chunk.size();
            progress.at(done, all);
        }
        long begin = chunks.stream().mapToLong(ChunkHeader::begin).min().orElse(0);
        long end = chunks.stream().mapToLong(ChunkHeader::end).max().orElse(0);
        jvms.add(events.finish(file.toString(), begin, end, read));
        events.shortfall().ifPresent(shortfall -> notes.add(file + ": " + shortfall));
        lostSamples += events.lostSamples();
        cpuTimeIsComplete &= events.cpuTimeIsComplete();
    }

    /** Whether the chunk could be read, to its end or not. */
    private boolean addChunk(Path file, FileChannel channel, ChunkHeader chunk, RecordingEvents events) {
        long before = events.count();
        Throwable damage;
        try (ChunkSlice slice = ChunkSlice.of(file, channel, chunk)) {
            Piece piece = Piece.newest();
            damage = addPiece(slice, piece, events);
            while (!piece.last()) {
                events.settle(piece.from());
                piece = piece.older();
                Throwable older = addPiece(slice, piece, events);
                damage = damage == null ? older : damage; // the same as a rule
            }
            events.settle(chunk.begin() + LATE);
        } catch (IOException e) {
            damage = e; // no copy of the chunk can be made
        }
        if (damage != null) {
            problems.add(file + ": the chunk at byte " + chunk.position() + " (" + chunk.size()
                    + " bytes) cannot be read to its end: " + damage);
        }
        return damage == null || events.count() > before;
    }

    /** Why the chunk could not be read to its end; null if it could. */
    private static @Nullable Throwable addPiece(ChunkSlice slice, Piece piece, RecordingEvents events) {
        try (RecordingFile recording = new RecordingFile(slice.path())) {
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

    private Report finish() {
        Weight cpu = cpuTimeIsComplete && ledger.total(Weight.CPU_TIME) > 0 ? Weight.CPU_TIME : Weight.EXECUTION;
        RowNames names = ledger.names();
        List<Share> shares = ledger.shares(names, jvms).stream()
                .sorted(Comparator.comparingLong((Share share) -> share.total(cpu))
                        .thenComparingLong(Share::nanos)
                        .thenComparingLong(Share::scopes)
                        .reversed()
                        .thenComparing(Share::displayName))
                .toList();
        List<Report.StartedChild> started = children.all().stream()
                .map(child -> new Report.StartedChild(
                        child.recording(),
                        child.pid(),
                        child.time() / 1_000_000,
                        child.command(),
                        child.livesIn() == null ? "" : names.of(child.livesIn()),
                        child.startedFor().equals(Subject.NOBODY) ? "" : names.of(child.startedFor())))
                .toList();
        return new Report(
                jvms, shares, ledger.nobody(names), started, cpu, lostSamples, trie.shortened(), notes, problems);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // told when it is opened
        }
    }
}
