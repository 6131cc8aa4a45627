// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads recordings into one report.
 *
 * <p>JVM by JVM, whichever files have it, and chunk by chunk, the newest first, so that memory is needed for what is in one
 * chunk, not in the recording; a chunk that does not fit is read piece by piece, and those that overlap are read together.
 */
public final class RecordingReader {
    /** More is of little use: a default chunk needs some MiB. */
    private static final long MOST_ROOM = 256 << 20;

    private final StackTrie trie = new StackTrie();
    private final Children children = new Children();
    private final Ledger ledger = new Ledger(trie, children);
    private final List<RecordingJvm> jvms = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Progress progress;
    private final long all;
    private final long room;
    private final List<String> otherSamples = new ArrayList<>();
    private final Map<Weight, Set<String>> periods = new EnumMap<>(Weight.class);
    private long done;
    private long lostSamples;
    private boolean cpuTimeIsComplete = true;

    private RecordingReader(Progress progress, long all, long room) {
        this.room = room;
        this.progress = progress;
        this.all = all;
    }

    /** Whether a file begins as recordings do. */
    public static boolean isRecording(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return in.readInt() == ChunkHeader.MAGIC;
        } catch (IOException e) {
            return false; // or it is shorter
        }
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
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            chunks.addAll(reader.chunks(i, files.get(i)));
        }
        JvmChunks.of(chunks).forEach(reader::add);
        progress.at(reader.all, reader.all);
        return reader.finish();
    }

    /** The chunks of a file, of which nothing but the headers is read as yet. */
    private List<Chunk> chunks(int number, Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            problems.add(file + ": it is no regular file, and a recording is read more than once");
            return List.of(); // a pipe might have no writer, and be waited for
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ChunkList list = ChunkList.of(channel);
            list.problems().forEach(problem -> problems.add(file + ": " + problem));
            return list.chunks().stream()
                    .map(header -> Chunk.of(number, file, header))
                    .toList();
        } catch (NoSuchFileException e) {
            problems.add(file + ": there is no such file");
        } catch (AccessDeniedException e) {
            problems.add(file + ": it may not be read");
        } catch (IOException e) {
            problems.add(file + ": " + e.getMessage());
        }
        return List.of();
    }

    private void add(JvmChunks jvm) {
        Map<Integer, RecordingPart> parts = new LinkedHashMap<>();
        Stream.concat(jvm.chunks().stream(), jvm.copies().stream())
                .sorted(Comparator.comparingInt(Chunk::number))
                .forEach(chunk -> part(parts, chunk).has(chunk.header()));
        for (Chunk copy : jvm.copies()) {
            part(parts, copy).copied();
            done += copy.header().size();
        }
        RecordingEvents events = new RecordingEvents(parts.values().iterator().next(), ledger, children, trie, room);
        for (List<Chunk> span : jvm.spans()) {
            List<ChunkReading> readings = span.stream()
                    .map(chunk -> new ChunkReading(chunk, part(parts, chunk), events))
                    .toList();
            long begin = span.stream().mapToLong(Chunk::uptime).min().orElseThrow();
            long end = span.stream().mapToLong(Chunk::end).max().orElseThrow();
            read(readings, begin, end, events);
        }
        JvmFacts facts = events.finish();
        for (RecordingPart part : parts.values()) {
            jvms.add(part.finish(facts));
            part.copiesNote().ifPresent(notes::add);
            part.otherSamplesNote().ifPresent(otherSamples::add);
            cpuTimeIsComplete &= part.cpuTimeIsComplete();
        }
        Path newest = jvm.chunks().get(0).file();
        events.shortfall().forEach(shortfall -> notes.add(newest + ": " + shortfall));
        lostSamples += events.lostSamples();
        for (Weight cpu : List.of(Weight.EXECUTION, Weight.CPU_TIME)) {
            periods.computeIfAbsent(cpu, any -> new TreeSet<>()).addAll(events.periods(cpu));
        }
    }

    /** What the file of a chunk has of its JVM, by the number of the file. */
    private RecordingPart part(Map<Integer, RecordingPart> parts, Chunk chunk) {
        return parts.computeIfAbsent(
                chunk.number(),
                any -> new RecordingPart(
                        jvms.size() + parts.size(), chunk.file().toString()));
    }

    /**
     * Reads chunks that overlap in time: piece by piece, each of all of them.
     *
     * @param begin of the first of them, in nanoseconds by the JVM's counter
     * @param end of the last of them
     */
    private void read(List<ChunkReading> span, long begin, long end, RecordingEvents events) {
        Piece piece = Piece.newest(begin, end);
        read(span, piece);
        while (!piece.last()) {
            events.settle(piece.from());
            piece = events.older(piece);
            read(span, piece);
        }
        events.settle(begin + Chunk.LATE);
        for (ChunkReading chunk : span) {
            chunk.close();
            chunk.finish(problems);
        }
        progress.at(done, all);
    }

    private void read(List<ChunkReading> span, Piece piece) {
        for (ChunkReading chunk : span) {
            if (chunk.reachesInto(piece)) {
                chunk.read(piece);
            }
            if (span.size() > 1) {
                chunk.close(); // there may be hundreds
                progress.at(done, all);
            }
            done += chunk.bytesDone(piece);
        }
    }

    private Report finish() {
        Weight cpu = cpuTimeIsComplete && ledger.total(Weight.CPU_TIME) > 0 ? Weight.CPU_TIME : Weight.EXECUTION;
        if (cpu == Weight.EXECUTION) {
            notes.addAll(otherSamples);
        }
        Set<String> rates = periods.getOrDefault(cpu, Set.of());
        if (rates.size() > 1) {
            notes.add("CPU was not sampled at one rate, but every " + String.join(" or ", rates)
                    + ", and each sample counts alike: do not compare the CPU of different JVMs");
        }
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
                        child.when().recording(),
                        child.when().pid(),
                        child.when().nanos() / 1_000_000,
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
