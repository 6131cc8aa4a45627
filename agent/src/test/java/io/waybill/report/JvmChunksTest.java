// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Headers of chunks in files that are not there, which therefore say nothing of their JVM. */
class JvmChunksTest {
    @Test
    void chunksThatFollowEachOtherAreOfOneJvmWhicheverFilesTheyAreIn() {
        Chunk first = chunk(1, 100, 1000, 1050, 7);
        Chunk second = chunk(0, 100, 1050, 1060, 57);
        Chunk third = chunk(1, 100, 1060, 1090, 67);

        List<JvmChunks> jvms = JvmChunks.of(List.of(second, first, third));

        assertThat(jvms).singleElement().satisfies(jvm -> {
            assertThat(jvm.chunks()).containsExactly(third, second, first);
            assertThat(jvm.copies()).isEmpty();
        });
    }

    @Test
    void chunksThatDoNotFollowEachOtherAndAreInSeveralFilesAreNotTakenForThoseOfOneJvm() {
        Chunk first = chunk(0, 100, 1000, 1050, 7);
        Chunk overlapping = chunk(1, 100, 1020, 1060, 27);
        Chunk later = chunk(2, 100, 1061, 1090, 68);
        Chunk ofAYoungerJvm = chunk(3, 100, 1090, 1100, 3);

        List<JvmChunks> jvms = JvmChunks.of(List.of(first, overlapping, later, ofAYoungerJvm));

        assertThat(jvms)
                .extracting(JvmChunks::chunks)
                .containsExactly(List.of(first), List.of(overlapping), List.of(later), List.of(ofAYoungerJvm));
    }

    /** As one of async-profiler, which adds its own to a recording of the JVM. */
    @Test
    void aChunkThatDoesNotCountAsTheJvmIsOfTheTimeThatItsClockTells() {
        Chunk first = chunk(0, 100, 5_000_000_000L, 6_000_000_000L, 30);
        Chunk second = chunk(0, 100, 6_000_000_000L, 9_000_000_000L, 40);
        ChunkHeader added = new ChunkHeader(200, 100, 6_500_000_000L, 100, 70_000, 0, true);

        List<JvmChunks> jvms = JvmChunks.of(List.of(first, second, Chunk.of(0, Path.of("0.jfr"), added)));

        assertThat(jvms)
                .singleElement()
                .satisfies(jvm -> assertThat(jvm.chunks())
                        .extracting(Chunk::header, Chunk::uptime)
                        .containsExactly(
                                tuple(added, 4_500_000_000L),
                                tuple(second.header(), 4_000_000_000L),
                                tuple(first.header(), 3_000_000_000L)));
    }

    /** A chunk may be shorter than what two are allowed to overlap by. */
    @Test
    void chunksOfTheSameTimeAreReadTogetherHoweverShortOneIs() {
        Chunk first = chunk(0, 100, 5_000_000_000L, 6_000_000_000L, 30);
        Chunk second = chunk(0, 100, 6_000_000_000L, 6_050_000_000L, 40);
        ChunkHeader header = new ChunkHeader(200, 100, 5_200_000_000L, 850_000_000, 70_000, 0, true);
        Chunk added = Chunk.of(0, Path.of("0.jfr"), header);

        JvmChunks alone = JvmChunks.of(List.of(first, second)).get(0);
        JvmChunks beside = JvmChunks.of(List.of(first, second, added)).get(0);

        assertThat(alone.spans()).containsExactly(List.of(second), List.of(first));
        assertThat(beside.spans())
                .singleElement()
                .satisfies(span -> assertThat(span)
                        .extracting(Chunk::header)
                        .containsExactlyInAnyOrder(first.header(), second.header(), header));
    }

    @Test
    void aChunkThatWasCopiedBeforeItWasFinishedIsTheSameAndTheLongerCounts() {
        Chunk unfinished = Chunk.of(0, Path.of("0.jfr"), new ChunkHeader(0, 100, 1000, 30, 7, 10, false));
        Chunk finished = chunk(1, 200, 1000, 1050, 7);
        Chunk again = chunk(2, 200, 1000, 1050, 7);
        Chunk next = chunk(2, 200, 1050, 1060, 57);

        List<JvmChunks> jvms = JvmChunks.of(List.of(unfinished, finished, again, next));

        assertThat(jvms).singleElement().satisfies(jvm -> {
            assertThat(jvm.chunks()).containsExactly(next, finished);
            assertThat(jvm.copies()).containsExactly(unfinished, again);
        });
    }

    @Test
    void theNewestChunkIsTheOneThatTheCounterSaysWhateverTheClock() {
        ChunkHeader before = new ChunkHeader(0, 100, 1000, 30, 7, 1_000_000_000, true);
        ChunkHeader after = new ChunkHeader(100, 100, 900, 30, 37, 1_000_000_000, true);

        assertThat(before.begin() - before.origin()).isEqualTo(7);
        assertThat(after.begin() - after.origin()).isEqualTo(37);
    }

    private static Chunk chunk(int file, long size, long begin, long end, long ticks) {
        return Chunk.of(file, Path.of(file + ".jfr"), new ChunkHeader(0, size, begin, end - begin, ticks, 10, true));
    }
}
