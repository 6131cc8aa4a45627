// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.Arrays;

/** Process ids in ascending order, each with what tells it from a later process of the same number. */
final class ProcessLists {
    private long[] pids = new long[1024];
    private long[] inodes = new long[1024];
    private int size;

    void clear() {
        size = 0;
    }

    /** Adds one; the kernel lists in ascending order, and what comes out of order is put in its place. */
    void add(long pid, long inode) {
        if (size == pids.length) {
            pids = Arrays.copyOf(pids, 2 * size);
            inodes = Arrays.copyOf(inodes, 2 * size);
        }
        int at = size++;
        while (at > 0 && pids[at - 1] > pid) {
            pids[at] = pids[at - 1];
            inodes[at] = inodes[at - 1];
            at--;
        }
        pids[at] = pid;
        inodes[at] = inode;
    }

    int size() {
        return size;
    }

    long pid(int index) {
        return pids[index];
    }

    /** Whether a process is in the list. */
    boolean has(long pid) {
        return Arrays.binarySearch(pids, 0, size, pid) >= 0;
    }

    /**
     * Compares with the list before, telling of each difference. Allocates nothing.
     *
     * @param before the list before
     */
    void differences(ProcessLists before, Difference difference) {
        int old = 0;
        int now = 0;
        while (old < before.size || now < size) {
            if (now == size || (old < before.size && before.pids[old] < pids[now])) {
                difference.gone(before.pids[old++]);
            } else if (old == before.size || pids[now] < before.pids[old]) {
                difference.came(pids[now++]);
            } else {
                if (inodes[now] != before.inodes[old]) {
                    difference.gone(pids[now]);
                    difference.came(pids[now]);
                }
                now++;
                old++;
            }
        }
    }

    /** Is told what changed. */
    interface Difference {
        /** A process is not there any more. */
        void gone(long pid);

        /** A process was not there before, under this number. */
        void came(long pid);
    }
}
