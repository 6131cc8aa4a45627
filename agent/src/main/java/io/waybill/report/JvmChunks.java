// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chunks that one JVM wrote, whichever files they are in: a file can have those of several JVMs, and those of one can be
 * in several files, as by a dump each hour.
 */
final class JvmChunks {
    private static final Comparator<Chunk> OLDEST_FIRST = Comparator.comparingLong(Chunk::uptime);

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Chunk> copies = new ArrayList<>();
    private final NavigableMap<Long, Long> origins = new TreeMap<>();

    private JvmChunks() {}

    /** Each once, the newest first. */
    List<Chunk> chunks() {
        return chunks;
    }

    /**
     * Each once, the newest first, those together that overlap in time: nothing can be settled before all of them are read. The
     * JVM's own follow one another; beside them lie those of another writer, as async-profiler's, of minutes or hours.
     */
    List<List<Chunk>> spans() {
        List<List<Chunk>> spans = new ArrayList<>();
        List<Chunk> span = new ArrayList<>();
        long begin = Long.MAX_VALUE;
        long end = Long.MAX_VALUE;
        for (Ended each : latestEndFirst()) {
            if (spans.isEmpty() || each.end - begin <= tolerance(each.end - each.chunk.uptime(), end - begin)) {
                span = new ArrayList<>();
                spans.add(span);
                begin = Long.MAX_VALUE;
                end = each.end;
            }
            span.add(each.chunk);
            begin = Math.min(begin, each.chunk.uptime());
        }
        return spans;
    }

    /** By how much two that follow one another may seem to overlap; more than half of a short one is an overlap. */
    private static long tolerance(long oneLength, long otherLength) {
        return Math.min(Chunk.LATE, Math.min(oneLength, otherLength) / 2);
    }

    private List<Ended> latestEndFirst() {
        List<Ended> ended = new ArrayList<>();
        Map<Long, Chunk> next = new HashMap<>();
        for (Chunk chunk : chunks) {
            Chunk follower = next.get(chunk.header().end());
            ended.add(new Ended(
                    chunk,
                    follower != null && follower.header().follows(chunk.header()) ? follower.uptime() : chunk.end()));
            next.put(chunk.header().begin(), chunk);
        }
        ended.sort(Comparator.comparingLong(Ended::end).reversed());
        return ended;
    }

    /** Those that are in another file, too, or a second time in the same one. */
    List<Chunk> copies() {
        return copies;
    }

    /** Parts chunks by their JVMs, which come in the order in which something of them is given. */
    static List<JvmChunks> of(List<Chunk> given) {
        Map<ChunkHeader.Begin, Chunk> once = new LinkedHashMap<>();
        given.forEach(chunk -> once.merge(chunk.header().identity(), chunk, JvmChunks::longer));
        Map<ChunkHeader.Begin, JvmChunks> owners = owners(given, stretches(once.values()));
        Set<JvmChunks> jvms = new LinkedHashSet<>();
        for (Chunk chunk : given) {
            ChunkHeader.Begin identity = chunk.header().identity();
            JvmChunks jvm = owners.computeIfAbsent(identity, any -> new JvmChunks());
            jvms.add(jvm);
            if (chunk.equals(once.get(identity))) {
                jvm.chunks.add(chunk.withOrigin(jvm.origin(chunk.header().begin())));
            } else {
                jvm.copies.add(chunk);
            }
        }
        jvms.forEach(jvm -> jvm.chunks.sort(OLDEST_FIRST.reversed()));
        return List.copyOf(jvms);
    }

    /** A chunk that was not finished when it was copied is longer where it was copied later. */
    private static Chunk longer(Chunk one, Chunk other) {
        return other.header().size() > one.header().size() ? other : one;
    }

    /** Chunks of which each begins in the very moment in which the one before it ends, as only those of one JVM do. */
    private static List<List<Chunk>> stretches(Collection<Chunk> chunks) {
        List<List<Chunk>> stretches = new ArrayList<>();
        Map<Long, List<Chunk>> byEnd = new HashMap<>();
        chunks.stream()
                .sorted(Comparator.comparingLong((Chunk chunk) -> chunk.header().begin())
                        .thenComparingLong(chunk -> chunk.header().ticks()))
                .forEach(chunk -> {
                    ChunkHeader header = chunk.header();
                    List<Chunk> stretch = byEnd.get(header.begin());
                    if (stretch == null
                            || !header.follows(stretch.get(stretch.size() - 1).header())) {
                        stretch = new ArrayList<>();
                        stretches.add(stretch);
                    }
                    stretch.add(chunk);
                    byEnd.put(header.end(), stretch);
                });
        return stretches;
    }

    /** Stretches are of one JVM if they say so; what says nothing is taken for the JVM's whose the rest of the file is. */
    private static Map<ChunkHeader.Begin, JvmChunks> owners(List<Chunk> given, List<List<Chunk>> stretches) {
        Map<ChunkHeader.Begin, JvmChunks> owners = new HashMap<>();
        Map<JvmIdentity, JvmChunks> known = new HashMap<>();
        List<List<Chunk>> silent = new ArrayList<>();
        for (List<Chunk> stretch : stretches) {
            Optional<JvmIdentity> identity = stretches.size() == 1 ? Optional.empty() : JvmIdentity.in(stretch);
            if (identity.isPresent()) {
                known.computeIfAbsent(identity.get(), any -> new JvmChunks()).own(stretch, owners);
            } else {
                silent.add(stretch);
            }
        }
        Map<Integer, Set<JvmChunks>> files = new HashMap<>();
        for (Chunk chunk : given) {
            Set<JvmChunks> ofFile = files.computeIfAbsent(chunk.number(), any -> new LinkedHashSet<>());
            Optional.ofNullable(owners.get(chunk.header().identity())).ifPresent(ofFile::add);
        }
        silent.sort(Comparator.comparing(stretch -> !stretch.get(0).header().isCounted()));
        for (List<Chunk> stretch : silent) {
            Set<JvmChunks> ofFile = files.getOrDefault(stretch.get(0).number(), Set.of());
            if (ofFile.size() == 1) {
                JvmChunks jvm = ofFile.iterator().next();
                stretch.forEach(chunk -> owners.put(chunk.header().identity(), jvm));
            } else {
                JvmChunks jvm = new JvmChunks();
                jvm.own(stretch, owners);
                stretch.forEach(chunk -> Optional.ofNullable(files.get(chunk.number()))
                        .filter(Set::isEmpty)
                        .ifPresent(none -> none.add(jvm)));
            }
        }
        return owners;
    }

    private void own(List<Chunk> stretch, Map<ChunkHeader.Begin, JvmChunks> owners) {
        for (Chunk chunk : stretch) {
            origins.put(chunk.header().begin(), chunk.header().origin());
            owners.put(chunk.header().identity(), this);
        }
    }

    /** Where the JVM's counter began, by the clock of a time: that of the chunk next to it which certainly is of the JVM. */
    private long origin(long begin) {
        Map.Entry<Long, Long> before = origins.floorEntry(begin);
        Map.Entry<Long, Long> after = origins.ceilingEntry(begin);
        if (before == null || after == null) {
            return before != null ? before.getValue() : after != null ? after.getValue() : 0;
        }
        return begin - before.getKey() <= after.getKey() - begin ? before.getValue() : after.getValue();
    }

    /**
     * A chunk, and when it ended: where another one follows, by the JVM's counter, which is right also if the clock is not.
     *
     * @param end nanoseconds by the JVM's counter
     */
    private record Ended(Chunk chunk, long end) {}
}
