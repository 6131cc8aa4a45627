// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.cgroupfs.Usage;

/**
 * What only grows of a usage, kept for each container from one look to the next; -1 stands for what is not known.
 *
 * @param cpuNanos processor time
 * @param periods periods in which it wanted to run
 * @param throttledPeriods how many of them it was stopped in
 * @param bytesRead read from block devices
 * @param bytesWritten written to block devices
 * @param cpuPressureMicros time in which a task waited for a processor
 * @param memoryPressureMicros time in which a task waited for memory
 * @param diskPressureMicros time in which a task waited for a block device
 */
record UsageCounters(
        long cpuNanos,
        long periods,
        long throttledPeriods,
        long bytesRead,
        long bytesWritten,
        long cpuPressureMicros,
        long memoryPressureMicros,
        long diskPressureMicros) {
    static final long UNKNOWN = -1;

    static UsageCounters of(Usage usage) {
        Usage.Throttling throttling = usage.cpu() == null ? null : usage.cpu().throttling();
        Usage.Disk disk = usage.disk();
        Usage.Pressure pressure = usage.pressure();
        return new UsageCounters(
                usage.cpu() == null ? UNKNOWN : usage.cpu().nanos(),
                throttling == null ? UNKNOWN : throttling.periods(),
                throttling == null ? UNKNOWN : throttling.throttled(),
                disk == null ? UNKNOWN : disk.read(),
                disk == null ? UNKNOWN : disk.written(),
                pressure == null ? UNKNOWN : pressure.cpuMicros(),
                pressure == null ? UNKNOWN : pressure.memoryMicros(),
                pressure == null ? UNKNOWN : pressure.diskMicros());
    }
}
