// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.cgroupfs.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A usage laid flat, as events and beans need it: 0 stands for what is not known, and for no limit.
 *
 * @param cpuNanos processor time
 * @param cpuLimit processors at a time
 * @param throttledNanos time stopped, summed over processors
 * @param throttledPeriods periods in which it was stopped
 * @param memoryBytes memory in use
 * @param memoryLimit the limit of memory
 * @param tasks processes and threads
 * @param tasksLimit the limit of them
 * @param bytesRead read from block devices
 * @param bytesWritten written to block devices
 * @param cpuPressureMicros time in which a task waited for a processor
 * @param memoryPressureMicros time in which a task waited for memory
 * @param diskPressureMicros time in which a task waited for a block device
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
        long bytesRead,
        long bytesWritten,
        long cpuPressureMicros,
        long memoryPressureMicros,
        long diskPressureMicros) {
    /** Of a container that nothing is known of. */
    static final UsageFigures NONE = of(new Usage(null, null, null, null, null));

    static UsageFigures of(Usage usage) {
        Usage.Cpu cpu = usage.cpu();
        Usage.Throttling throttling = cpu == null ? null : cpu.throttling();
        Usage.Memory memory = usage.memory();
        Usage.Tasks tasks = usage.tasks();
        Usage.Disk disk = usage.disk();
        Usage.Pressure pressure = usage.pressure();
        return new UsageFigures(
                cpu == null ? 0 : cpu.nanos(),
                cpu == null || cpu.limit() == null ? 0 : cpu.limit(),
                throttling == null ? 0 : throttling.nanos(),
                throttling == null ? 0 : throttling.throttled(),
                memory == null ? 0 : memory.bytes(),
                memory == null ? 0 : orZero(memory.limit()),
                tasks == null ? 0 : tasks.count(),
                tasks == null ? 0 : orZero(tasks.limit()),
                disk == null ? 0 : disk.read(),
                disk == null ? 0 : disk.written(),
                pressure == null ? 0 : pressure.cpuMicros(),
                pressure == null ? 0 : pressure.memoryMicros(),
                pressure == null ? 0 : pressure.diskMicros());
    }

    private static long orZero(@Nullable Long limit) {
        return limit == null ? 0 : limit;
    }
}
