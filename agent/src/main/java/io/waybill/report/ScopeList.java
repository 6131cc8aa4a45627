// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The scopes of a thread: 20 bytes for each, since a chunk can hold millions.
 *
 * <p>A thread records them in the order of their ends, into one buffer after the other; the buffers of a chunk come in
 * any order. So they are kept as runs, and merged when they are read.
 */
final class ScopeList {
    /** What a scope takes. */
    static final int BYTES = 20;

    private static final int BITS = 10;
    private static final int BLOCK = 1 << BITS;

    /** Room for so many at first: a virtual thread has one as a rule, and a chunk may have a hundred thousand of them. */
    private static final int FEW = 4;

    private final List<long[]> begins = new ArrayList<>();
    private final List<long[]> ends = new ArrayList<>();
    private final List<int[]> subjects = new ArrayList<>();
    private final List<Integer> runs = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    long begin(int index) {
        return begins.get(index >>> BITS)[index & BLOCK - 1];
    }

    long end(int index) {
        return ends.get(index >>> BITS)[index & BLOCK - 1];
    }

    int subject(int index) {
        return subjects.get(index >>> BITS)[index & BLOCK - 1];
    }

    void add(long begin, long end, int subject) {
        if (size == capacity()) {
            grow();
        }
        if (size == 0 || !isInOrder(begin(size - 1), end(size - 1), begin, end)) {
            runs.add(size);
        }
        begins.get(size >>> BITS)[size & BLOCK - 1] = begin;
        ends.get(size >>> BITS)[size & BLOCK - 1] = end;
        subjects.get(size >>> BITS)[size & BLOCK - 1] = subject;
        size++;
    }

    private int capacity() {
        return begins.size() == 1 ? begins.get(0).length : begins.size() << BITS;
    }

    /** The first block grows to its size, the others have it. */
    private void grow() {
        if (size > 0 && size < BLOCK) {
            begins.set(0, Arrays.copyOf(begins.get(0), 2 * size));
            ends.set(0, Arrays.copyOf(ends.get(0), 2 * size));
            subjects.set(0, Arrays.copyOf(subjects.get(0), 2 * size));
        } else {
            int length = size == 0 ? FEW : BLOCK;
            begins.add(new long[length]);
            ends.add(new long[length]);
            subjects.add(new int[length]);
        }
    }

    private static boolean isInOrder(long begin, long end, long nextBegin, long nextEnd) {
        return end == nextEnd ? begin >= nextBegin : end < nextEnd;
    }

    /** Drops what did not begin before a time, and of the rest what lies behind it; needs no memory of its own. */
    void keepBefore(long time) {
        int all = clear();
        for (int i = 0; i < all; i++) {
            if (begin(i) < time) {
                add(begin(i), Math.min(end(i), time), subject(i));
            }
        }
        trim();
    }

    /** Drops what ended before a time, but not among the first ones. */
    void dropEnded(long time, int first) {
        int all = clear();
        for (int i = 0; i < all; i++) {
            if (i < first || end(i) >= time) {
                add(begin(i), end(i), subject(i));
            }
        }
        trim();
    }

    /** Begins anew, over what there is; the answer is how much that is. */
    private int clear() {
        int all = size;
        size = 0;
        runs.clear();
        return all;
    }

    private void trim() {
        int blocks = (size + BLOCK - 1) >>> BITS;
        begins.subList(blocks, begins.size()).clear();
        ends.subList(blocks, ends.size()).clear();
        subjects.subList(blocks, subjects.size()).clear();
    }

    /** From the latest end to the earliest; of those that end at once, the outer one first. */
    Backwards backwards() {
        return new Backwards();
    }

    /** Merges the runs. */
    final class Backwards {
        private final PriorityQueue<Run> queue =
                new PriorityQueue<>(Comparator.comparingLong((Run run) -> end(run.last))
                        .reversed()
                        .thenComparingLong(run -> begin(run.last)));

        private Backwards() {
            for (int i = 0; i < runs.size(); i++) {
                int next = i + 1 < runs.size() ? runs.get(i + 1) : size;
                queue.add(new Run(runs.get(i), next - 1));
            }
        }

        /** The index of the next one; -1 if there is none. */
        int next() {
            Run run = queue.poll();
            if (run == null) {
                return -1;
            }
            int index = run.last;
            if (index > run.first) {
                run.last--;
                queue.add(run);
            }
            return index;
        }
    }

    /** A stretch of the list in the order of ends, of one end the inner first, of which what lies behind {@code last} has been read. */
    private static final class Run {
        private final int first;
        private int last;

        Run(int first, int last) {
            this.first = first;
            this.last = last;
        }
    }
}
