// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import org.jspecify.annotations.Nullable;

/**
 * What a container has used and uses; each part is null where no file tells it.
 *
 * @param cpu processor time
 * @param memory memory, the page cache of its files among it
 * @param tasks processes and threads
 * @param disk bytes that went to and from block devices
 * @param pressure time lost by waiting
 */
public record Usage(
        @Nullable Cpu cpu,
        @Nullable Memory memory,
        @Nullable Tasks tasks,
        @Nullable Disk disk,
        @Nullable Pressure pressure) {
    /**
     * Processor time.
     *
     * @param nanos how much it has used
     * @param limit how many processors it, or a group around it, may use at a time, by quota or by a set of fewer than
     *     there are; null for no limit
     * @param throttling how often the quota was met; null where there is no such account
     */
    public record Cpu(
            long nanos, @Nullable Double limit, @Nullable Throttling throttling) {}

    /**
     * The account of a limit on processor time, which holds for a period at a time, of 100 ms if nobody said otherwise.
     *
     * @param periods how many periods there were in which it wanted to run
     * @param throttled how many of them it was stopped in
     * @param nanos for how long it was stopped, summed over processors
     */
    public record Throttling(long periods, long throttled, long nanos) {}

    /**
     * Memory.
     *
     * @param bytes how much it uses
     * @param limit how much it, or a group around it, may use; null for no limit
     */
    public record Memory(long bytes, @Nullable Long limit) {}

    /**
     * Processes and threads.
     *
     * @param count how many there are
     * @param limit how many it, or a group around it, may have; null for no limit
     */
    public record Tasks(long count, @Nullable Long limit) {}

    /**
     * Bytes that went to and from block devices.
     *
     * @param read how many were read
     * @param written how many were written
     */
    public record Disk(long read, long written) {}

    /**
     * Time in which at least one of its tasks waited; version 2 only, since Linux 4.20.
     *
     * @param cpuMicros for a processor
     * @param memoryMicros for memory
     * @param diskMicros for a block device
     */
    public record Pressure(long cpuMicros, long memoryMicros, long diskMicros) {}

    /** Whether nothing is known. */
    boolean isEmpty() {
        return cpu == null && memory == null && tasks == null && disk == null && pressure == null;
    }
}
