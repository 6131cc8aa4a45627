// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Process ids in ascending order. Most containers have one or two processes, so there is no more to it than their numbers. */
final class Pids {
    private long[] pids = new long[1];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes one in, unless it is there. */
    void add(long pid) {
        int at = Arrays.binarySearch(pids, 0, size, pid);
        if (at >= 0) {
            return;
        }
        if (size == pids.length) {
            pids = Arrays.copyOf(pids, size + size / 2 + 1);
        }
        System.arraycopy(pids, -at - 1, pids, -at, size + at + 1);
        pids[-at - 1] = pid;
        size++;
    }

    /** Takes one out, if it is there. */
    void remove(long pid) {
        int at = Arrays.binarySearch(pids, 0, size, pid);
        if (at >= 0) {
            size--;
            System.arraycopy(pids, at + 1, pids, at, size - at);
        }
    }

    void clear() {
        size = 0;
    }

    List<Long> toList() {
        return Arrays.stream(pids, 0, size).boxed().collect(Collectors.toUnmodifiableList());
    }
}
