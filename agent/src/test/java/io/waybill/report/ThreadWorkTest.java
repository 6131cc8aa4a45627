// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whom a thread worked for, with small times and subjects 1, 2, 3. */
class ThreadWorkTest {
    private final Map<Integer, Long> times = new HashMap<>();
    private final Map<Long, Integer> samples = new HashMap<>();
    private final ThreadWork work = new ThreadWork(Long.MAX_VALUE);

    @Test
    void whatHappensInAScopeIsForItsSubject() {
        work.scope(10, 20, 1);
        List.of(9L, 10L, 19L, 20L).forEach(this::sampleAt);

        settle(Long.MIN_VALUE);

        assertThat(times).isEqualTo(Map.of(1, 10L));
        assertThat(samples).isEqualTo(Map.of(9L, Ledger.NOBODY, 10L, 1, 19L, 1, 20L, Ledger.NOBODY));
    }

    @Test
    void ofNestedScopesTheInnermostCounts() {
        work.scope(40, 50, 3);
        work.scope(20, 60, 2);
        work.scope(10, 100, 1);
        List.of(15L, 30L, 45L, 55L, 70L).forEach(this::sampleAt);

        settle(Long.MIN_VALUE);

        assertThat(times).isEqualTo(Map.of(1, 50L, 2, 30L, 3, 10L));
        assertThat(samples).isEqualTo(Map.of(15L, 1, 30L, 2, 45L, 3, 55L, 2, 70L, 1));
    }

    @Test
    void ofTwoScopesOfTheSameTimeTheOneThatEndedFirstIsTheInnermost() {
        work.scope(10, 20, 2);
        work.scope(10, 20, 1);
        sampleAt(15);

        settle(Long.MIN_VALUE);

        assertThat(times).isEqualTo(Map.of(2, 10L));
        assertThat(samples).isEqualTo(Map.of(15L, 2));
    }

    @Test
    void aScopeThatEndsInALaterChunkReachesIntoAnEarlierOne() {
        work.scope(10, 250, 1);
        sampleAt(240);
        sampleAt(260);

        settle(200);
        work.scope(120, 130, 2);
        sampleAt(110);
        sampleAt(125);
        settle(100);
        sampleAt(5);
        sampleAt(50);
        settle(Long.MIN_VALUE);

        assertThat(times).isEqualTo(Map.of(1, 230L, 2, 10L));
        assertThat(samples)
                .isEqualTo(Map.of(240L, 1, 260L, Ledger.NOBODY, 110L, 1, 125L, 2, 5L, Ledger.NOBODY, 50L, 1));
        assertThat(work.isIdle()).isTrue();
    }

    @Test
    void aSampleThatWasWrittenLateBelongsToTheTimeItWasTaken() {
        settle(200);
        sampleAt(150);
        work.scope(140, 160, 1);

        settle(100);

        assertThat(samples).isEqualTo(Map.of(150L, 1));
    }

    @Test
    void whatIsGivenUpIsForgottenButNotWhatWasKeptBefore() {
        work.scope(100, 250, 1);
        sampleAt(160);
        settle(200);
        work.scope(120, 130, 2);
        work.scope(150, 180, 2);
        sampleAt(125);
        sampleAt(170);

        work.drop(175);

        assertThat(work.bytes()).isEqualTo(ThreadWork.BYTES + 2 * ScopeList.BYTES + Sample.BYTES);
        assertThat(work.newTimes(1)).containsExactly(180L);
        settle(175);
        work.scope(120, 130, 2);
        sampleAt(125);
        sampleAt(170);
        settle(Long.MIN_VALUE);
        assertThat(times).isEqualTo(Map.of(1, 110L, 2, 40L));
        assertThat(samples).isEqualTo(Map.of(160L, 2, 170L, 2, 125L, 2));
    }

    /** A chunk may have a hundred thousand virtual threads, each with one scope. */
    @Test
    void aThreadThatDidLittleTakesNoMoreThanIsReckonedForIt() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<ThreadWork> all = new ArrayList<>(1000);
        Sample sample = new Sample(15, Sample.Kind.EXECUTION, 1, 0);
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 1000; i++) {
            ThreadWork one = new ThreadWork(Long.MAX_VALUE);
            one.scope(10, 20, 1);
            one.sample(sample);
            all.add(one);
        }

        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated / 1000)
                .isLessThan(all.stream().mapToLong(ThreadWork::bytes).sum() / 1000);
    }

    @Test
    void aScopeOfNoTimeHasNone() {
        work.scope(10, 10, 1);
        sampleAt(10);

        settle(Long.MIN_VALUE);

        assertThat(times).isEmpty();
        assertThat(samples).isEqualTo(Map.of(10L, Ledger.NOBODY));
    }

    @Test
    void theOrderOfBuffersAndThePlaceOfChunksChangeNothing() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<long[]> scopes = nested(random);
            int[] owner = new int[1000];
            scopes.forEach(scope -> {
                for (int t = (int) scope[0]; t < scope[1]; t++) {
                    owner[t] = (int) scope[2];
                }
            });
            times.clear();
            samples.clear();

            settleInPieces(scopes, random);

            Map<Integer, Long> expected = new HashMap<>();
            for (int t = 0; t < owner.length; t++) {
                assertThat(samples.get((long) t))
                        .as("round %s, time %s", round, t)
                        .isEqualTo(owner[t]);
                if (owner[t] != Ledger.NOBODY) {
                    expected.merge(owner[t], 1L, Long::sum);
                }
            }
            assertThat(times).isEqualTo(expected);
        }
    }

    /** Scopes by their begin, each inside another one or beside it, so that painting them over each other is right. */
    private static List<long[]> nested(Random random) {
        List<long[]> scopes = new ArrayList<>();
        fill(scopes, random, 0, 1000, 0);
        return scopes;
    }

    private static void fill(List<long[]> scopes, Random random, int from, int to, int depth) {
        int at = from;
        while (at < to && depth < 5) {
            int begin = at + random.nextInt(100);
            int end = begin + 1 + random.nextInt(300 >> depth);
            if (end > to) {
                return;
            }
            scopes.add(new long[] {begin, end, 1 + random.nextInt(3)});
            fill(scopes, random, begin, end - 1, depth + 1);
            at = end;
        }
    }

    /** Hands out each scope with the chunk it ends in, in runs as buffers have them, and settles chunk by chunk. */
    private void settleInPieces(List<long[]> scopes, Random random) {
        ThreadWork pieces = new ThreadWork(Long.MAX_VALUE);
        int to = 1000;
        while (to > 0) {
            int from = Math.max(0, to - 1 - random.nextInt(400));
            int first = from;
            int last = to;
            List<long[]> ended = new ArrayList<>(scopes.stream()
                    .filter(scope -> scope[1] > first && scope[1] <= last)
                    .sorted((one, other) -> one[1] != other[1]
                            ? Long.compare(one[1], other[1])
                            : Long.compare(scopes.indexOf(other), scopes.indexOf(one)))
                    .toList());
            Collections.rotate(ended, random.nextInt(10));
            ended.forEach(scope -> pieces.scope(scope[0], scope[1], (int) scope[2]));
            for (int t = from; t < to; t++) {
                pieces.sample(new Sample(t, Sample.Kind.EXECUTION, 1, 0));
            }
            pieces.settle(from == 0 ? Long.MIN_VALUE : from, new Noted());
            to = from;
        }
        assertThat(pieces.isIdle()).isTrue();
    }

    private void sampleAt(long time) {
        work.sample(new Sample(time, Sample.Kind.EXECUTION, 1, 0));
    }

    private void settle(long from) {
        work.settle(from, new Noted());
    }

    /** Notes what is settled. */
    private final class Noted implements ThreadWork.Settlement {
        @Override
        public void time(int subject, long nanos) {
            times.merge(subject, nanos, Long::sum);
        }

        @Override
        public void sample(int subject, Sample sample) {
            assertThat(samples.put(sample.time(), subject)).isNull();
        }
    }
}
