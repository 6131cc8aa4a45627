// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What one thread did, settled piece by piece from the newest time to the oldest.
 *
 * <p>A scope is recorded when it ends, so it lies in a later chunk than what happened in it, or in the same one. Chunks
 * are therefore read newest first: when the time of a chunk is settled, every scope that reaches into it is known, and
 * what has to be kept are the scopes that began before.
 */
final class ThreadWork {
    /** Who the thread worked for, piece by piece, and what happened then. */
    interface Settlement {
        /** Time in a scope, of which none further inside was open. */
        void time(int subject, long nanos);

        /** A sample; the subject is {@link Ledger#NOBODY} outside every scope. */
        void sample(int subject, Sample sample);
    }

    /** What a thread takes beside its scopes and samples. */
    static final int BYTES = 640;

    private static final Comparator<Sample> NEWEST_FIRST =
            Comparator.comparingLong(Sample::time).reversed();

    private final ScopeList scopes = new ScopeList();
    private final List<Sample> samples = new ArrayList<>();
    private int keptScopes;
    private int keptSamples;
    private long settled;

    /**
     * Knows nothing yet.
     *
     * @param settled what is later has been settled for other threads
     */
    ThreadWork(long settled) {
        this.settled = settled;
    }

    void scope(long begin, long end, int subject) {
        if (begin < settled && begin < end) {
            scopes.add(begin, Math.min(end, settled), subject);
        }
    }

    void sample(Sample sample) {
        samples.add(sample);
    }

    /** Whether there is nothing that waits to be settled. */
    boolean isIdle() {
        return scopes.size() == 0 && samples.isEmpty();
    }

    /** What waits to be settled, in bytes. */
    long bytes() {
        return BYTES + (long) ScopeList.BYTES * scopes.size() + (long) Sample.BYTES * samples.size();
    }

    /** When what was added since the last piece was settled ended: of the first one, and of each that comes a step after. */
    LongStream newTimes(int step) {
        return LongStream.concat(
                IntStream.iterate(keptScopes, i -> i < scopes.size(), i -> i + step)
                        .mapToLong(scopes::end),
                IntStream.iterate(keptSamples, i -> i < samples.size(), i -> i + step)
                        .mapToLong(i -> samples.get(i).time()));
    }

    /** Forgets what was added since the last piece was settled and ended before a time: it is read again. */
    void drop(long time) {
        scopes.dropEnded(time, keptScopes);
        samples.subList(keptSamples, samples.size()).removeIf(sample -> sample.time() < time);
    }

    /** Settles the time from here to what is settled already. */
    void settle(long from, Settlement settlement) {
        if (from < settled) {
            samples.sort(NEWEST_FIRST);
            new Sweep(settlement, settled).run(from);
            settled = from;
            scopes.keepBefore(from);
            samples.removeIf(sample -> sample.time() >= from);
        }
        keptScopes = scopes.size();
        keptSamples = samples.size();
    }

    /** Goes through a stretch of time backwards; the scope that was met last among those open is the innermost. */
    private final class Sweep {
        private final Settlement settlement;
        private int[] open = new int[8];
        private int depth;
        private int nextSample;
        private long now;

        Sweep(Settlement settlement, long to) {
            this.settlement = settlement;
            this.now = to;
        }

        void run(long from) {
            ScopeList.Backwards backwards = scopes.backwards();
            for (int i = backwards.next(); i >= 0 && scopes.end(i) > from; i = backwards.next()) {
                goBackTo(scopes.end(i));
                if (depth == open.length) {
                    open = Arrays.copyOf(open, 2 * depth);
                }
                open[depth++] = i;
            }
            goBackTo(from);
        }

        private void goBackTo(long time) {
            while (now > time) {
                while (depth > 0 && scopes.begin(open[depth - 1]) >= now) {
                    depth--;
                }
                if (depth == 0) {
                    now = time;
                    settleSamples(Ledger.NOBODY);
                } else {
                    int innermost = open[depth - 1];
                    long begin = Math.max(scopes.begin(innermost), time);
                    settlement.time(scopes.subject(innermost), now - begin);
                    now = begin;
                    settleSamples(scopes.subject(innermost));
                }
            }
        }

        private void settleSamples(int subject) {
            while (nextSample < samples.size() && samples.get(nextSample).time() >= now) {
                settlement.sample(subject, samples.get(nextSample));
                nextSample++;
            }
        }
    }
}
