// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/**
 * Something that happened on a thread at one time, and belongs to whomever the thread worked for then.
 *
 * @param time nanoseconds by the JVM's counter
 * @param kind what it was
 * @param weight bytes of an allocation, the process id of a child, otherwise 1
 * @param stack the number of its stack in the {@link StackTrie}
 */
record Sample(long time, Kind kind, long weight, int stack) {
    /** What one takes in a list. */
    static final int BYTES = 48;

    enum Kind {
        /** {@code jdk.ExecutionSample}. */
        EXECUTION,
        /** {@code jdk.CPUTimeSample}, since JDK 25. */
        CPU_TIME,
        /** {@code jdk.ObjectAllocationSample}, since JDK 16. */
        ALLOCATION,
        /** {@code jdk.ProcessStart}. */
        CHILD
    }
}
