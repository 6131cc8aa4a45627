// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import io.waybill.cgroupfs.Usage.Cpu;
import io.waybill.cgroupfs.Usage.Disk;
import io.waybill.cgroupfs.Usage.Memory;
import io.waybill.cgroupfs.Usage.Pressure;
import io.waybill.cgroupfs.Usage.Tasks;
import io.waybill.cgroupfs.Usage.Throttling;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a container's groups say. A controller is in one hierarchy only, so each figure is in one place. */
record UsageReader(ContainerGroups groups) {
    /** Version 1 has a number near the largest long, rounded to pages, for no limit. */
    private static final long NO_LIMIT = 1L << 62;

    Usage read() {
        return new Usage(cpu(), memory(), tasks(), disk(), pressure());
    }

    private @Nullable Cpu cpu() {
        Path accounting = groups.of("cpuacct");
        List<String> unified = CgroupFile.lines(groups.unified(), "cpu.stat");
        Long nanos = accounting == null
                ? times(CgroupFile.keyed(unified, "usage_usec"), 1000)
                : CgroupFile.number(accounting, "cpuacct.usage");
        if (nanos == null) {
            return null;
        }
        Path folder = groups.of("cpu");
        return folder == null
                ? new Cpu(nanos, quota(groups.unified()), throttling(unified, "throttled_usec", 1000))
                : new Cpu(
                        nanos,
                        ratio(
                                CgroupFile.number(folder, "cpu.cfs_quota_us"),
                                CgroupFile.number(folder, "cpu.cfs_period_us")),
                        throttling(CgroupFile.lines(folder, "cpu.stat"), "throttled_time", 1));
    }

    private static @Nullable Throttling throttling(List<String> lines, String timeKey, int nanosPerUnit) {
        Long periods = CgroupFile.keyed(lines, "nr_periods");
        Long throttled = CgroupFile.keyed(lines, "nr_throttled");
        Long nanos = times(CgroupFile.keyed(lines, timeKey), nanosPerUnit);
        return periods == null || throttled == null || nanos == null ? null : new Throttling(periods, throttled, nanos);
    }

    /**
     * The processors that the file cpu.max grants.
     *
     * <pre>
     * 20000 100000
     *  (1)   (2)
     * (1) microseconds of processor time in each period; max for no limit
     * (2) the period in microseconds
     * </pre>
     */
    private static @Nullable Double quota(@Nullable Path unified) {
        List<String> lines = CgroupFile.lines(unified, "cpu.max");
        String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        return words.length < 2 ? null : ratio(CgroupFile.parse(words[0]), CgroupFile.parse(words[1]));
    }

    /** Version 1 has a quota of -1 for no limit. */
    private static @Nullable Double ratio(@Nullable Long quota, @Nullable Long period) {
        return quota == null || period == null || quota <= 0 || period <= 0 ? null : (double) quota / period;
    }

    private @Nullable Memory memory() {
        Path folder = groups.of("memory");
        Long bytes = folder == null
                ? CgroupFile.number(groups.unified(), "memory.current")
                : CgroupFile.number(folder, "memory.usage_in_bytes");
        if (bytes == null) {
            return null;
        }
        Long limit = folder == null
                ? CgroupFile.number(groups.unified(), "memory.max")
                : CgroupFile.number(folder, "memory.limit_in_bytes");
        return new Memory(bytes, limit == null || limit >= NO_LIMIT ? null : limit);
    }

    private @Nullable Tasks tasks() {
        Path folder = groups.of("pids") == null ? groups.unified() : groups.of("pids");
        Long count = CgroupFile.number(folder, "pids.current");
        return count == null ? null : new Tasks(count, CgroupFile.number(folder, "pids.max"));
    }

    private @Nullable Disk disk() {
        Path folder = groups.of("blkio");
        return folder == null
                ? DiskLines.unified(CgroupFile.lines(groups.unified(), "io.stat"))
                : DiskLines.throttle(CgroupFile.lines(folder, "blkio.throttle.io_service_bytes_recursive"));
    }

    private @Nullable Pressure pressure() {
        Long cpu = some(CgroupFile.lines(groups.unified(), "cpu.pressure"));
        Long memory = some(CgroupFile.lines(groups.unified(), "memory.pressure"));
        Long disk = some(CgroupFile.lines(groups.unified(), "io.pressure"));
        return cpu == null || memory == null || disk == null ? null : new Pressure(cpu, memory, disk);
    }

    /**
     * The microseconds in which at least one task waited.
     *
     * <pre>
     * some avg10=14.12 avg60=2.55 avg300=0.53 total=1595881
     * (1)                                           (2)
     * (1) at least one; the line "full" is of all of them
     * (2) microseconds since the group was made
     * </pre>
     */
    private static @Nullable Long some(List<String> lines) {
        for (String line : lines) {
            int total = line.indexOf(" total=");
            if (line.startsWith("some ") && total > 0) {
                return CgroupFile.parse(line.substring(total + " total=".length()));
            }
        }
        return null;
    }

    private static @Nullable Long times(@Nullable Long number, int factor) {
        return number == null ? null : Long.valueOf(number * factor);
    }
}
