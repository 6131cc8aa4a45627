// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.cgroupfs.Usage;
import io.waybill.cgroupfs.Usage.Disk;
import io.waybill.cgroupfs.Usage.Pressure;
import org.jspecify.annotations.Nullable;

/**
 * A usage laid flat, as events and beans need it: 0 stands for what is not known, and for no limit; where 0 is also what a
 * container uses that is idle, there is null.
 *
 * @param cpuNanos processor time
 * @param cpuLimit processors at a time
 * @param throttledNanos time stopped, summed over processors
 * @param throttledPeriods periods in which it was stopped
 * @param memoryBytes memory in use
 * @param memoryLimit the limit of memory
 * @param tasks processes and threads
 * @param tasksLimit the limit of them
 * @param disk bytes to and from block devices; null if they are not counted
 * @param pressure time lost by waiting; null if it is not accounted for
 */
record UsageFigures(
        long cpuNanos,
        double cpuLimit,
        long throttledNanos,
        long throttledPeriods,
        long memoryBytes,
        long memoryLimit,
        long tasks,
        long tasksLimit,
        @Nullable Disk disk,
        @Nullable Pressure pressure) {
    /** Of a container that nothing is known of. */
    static final UsageFigures NONE = of(new Usage(null, null, null, null, null));

    static UsageFigures of(Usage usage) {
        Usage.Cpu cpu = usage.cpu();
        Usage.Throttling throttling = cpu == null ? null : cpu.throttling();
        Usage.Memory memory = usage.memory();
        Usage.Tasks tasks = usage.tasks();
        return new UsageFigures(
                cpu == null ? 0 : cpu.nanos(),
                cpu == null || cpu.limit() == null ? 0 : cpu.limit(),
                throttling == null ? 0 : throttling.nanos(),
                throttling == null ? 0 : throttling.throttled(),
                memory == null ? 0 : memory.bytes(),
                memory == null ? 0 : orZero(memory.limit()),
                tasks == null ? 0 : tasks.count(),
                tasks == null ? 0 : orZero(tasks.limit()),
                usage.disk(),
                usage.pressure());
    }

    private static long orZero(@Nullable Long limit) {
        return limit == null ? 0 : limit;
    }
}
