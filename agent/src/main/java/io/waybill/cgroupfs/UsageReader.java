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

/**
 * Reads what a container's groups say. A controller is in one hierarchy only, so each figure is in one place.
 *
 * @param groups where to read
 * @param processors how many the machine has; a set of fewer is a limit
 */
record UsageReader(ContainerGroups groups, int processors) {
    /** Version 1 has a number near the largest long, rounded to pages, for no limit. */
    private static final long NO_LIMIT = 1L << 62;

    Usage read() {
        return new Usage(cpu(), memory(), tasks(), disk(), pressure());
    }

    private @Nullable Cpu cpu() {
        Path accounting = folder("cpuacct");
        Long nanos = groups.isFirst("cpuacct")
                ? CgroupFile.number(accounting, "cpuacct.usage")
                : times(CgroupFile.keyed(CgroupFile.lines(accounting, "cpu.stat"), "usage_usec"), 1000);
        if (nanos == null) {
            return null;
        }
        ControlGroup group = groups.of("cpu");
        Double granted = processorSet();
        if (group == null) {
            return new Cpu(nanos, granted, null);
        }
        CpuQuota quota = groups.isFirst("cpu") ? CpuQuota.first(group) : CpuQuota.second(group);
        return new Cpu(
                nanos, smaller(quota.processors(), granted), throttling(CgroupFile.lines(quota.folder(), "cpu.stat")));
    }

    /** Without a set of its own, as where the controller is not enabled for it, that of the nearest group around it holds. */
    private @Nullable Double processorSet() {
        ControlGroup group = groups.of("cpuset");
        if (group == null) {
            return null;
        }
        String name = groups.isFirst("cpuset") ? "cpuset.effective_cpus" : "cpuset.cpus.effective";
        for (Path folder : group.upwards()) {
            List<String> lines = CgroupFile.lines(folder, name);
            int size = lines.isEmpty() ? 0 : CpuList.size(lines.get(0));
            if (size > 0) {
                return size < processors ? Double.valueOf(size) : null;
            }
        }
        return null;
    }

    private static @Nullable Double smaller(@Nullable Double one, @Nullable Double other) {
        return one == null || (other != null && other < one) ? other : one;
    }

    /** Version 1 counts the time in nanoseconds, version 2 in microseconds. */
    private static @Nullable Throttling throttling(List<String> lines) {
        Long periods = CgroupFile.keyed(lines, "nr_periods");
        Long throttled = CgroupFile.keyed(lines, "nr_throttled");
        Long micros = CgroupFile.keyed(lines, "throttled_usec");
        Long nanos = micros == null ? CgroupFile.keyed(lines, "throttled_time") : times(micros, 1000);
        return periods == null || throttled == null || nanos == null ? null : new Throttling(periods, throttled, nanos);
    }

    /** Version 1 tells the limit of all groups around it, also of those that cannot be seen from here. */
    private @Nullable Memory memory() {
        ControlGroup group = groups.of("memory");
        if (group == null) {
            return null;
        }
        boolean first = groups.isFirst("memory");
        Long bytes = CgroupFile.number(group.folder(), first ? "memory.usage_in_bytes" : "memory.current");
        if (bytes == null) {
            return null;
        }
        Long limit = first
                ? CgroupFile.keyed(CgroupFile.lines(group.folder(), "memory.stat"), "hierarchical_memory_limit")
                : group.smallest("memory.max");
        return new Memory(bytes, limit == null || limit >= NO_LIMIT ? null : limit);
    }

    private @Nullable Tasks tasks() {
        ControlGroup group = groups.of("pids");
        Long count = group == null ? null : CgroupFile.number(group.folder(), "pids.current");
        return group == null || count == null ? null : new Tasks(count, group.smallest("pids.max"));
    }

    private @Nullable Disk disk() {
        ControlGroup first = groups.isFirst("blkio") ? groups.of("blkio") : null;
        return first == null ? DiskLines.unified(CgroupFile.linesIfThere(folder("io"), "io.stat")) : disk(first);
    }

    /** A group that has used no device has none in its file; whether the kernel counts at all, the outermost group tells. */
    private static @Nullable Disk disk(ControlGroup group) {
        String name = "blkio.throttle.io_service_bytes_recursive";
        Disk disk = DiskLines.throttle(CgroupFile.lines(group.folder(), name));
        boolean counts = disk != null || DiskLines.throttle(CgroupFile.lines(group.top(), name)) != null;
        return disk == null && counts ? new Disk(0, 0) : disk;
    }

    private @Nullable Pressure pressure() {
        Path folder = groups.unified() == null ? null : groups.unified().folder();
        Long cpu = some(CgroupFile.lines(folder, "cpu.pressure"));
        Long memory = some(CgroupFile.lines(folder, "memory.pressure"));
        Long disk = some(CgroupFile.lines(folder, "io.pressure"));
        return cpu == null || memory == null || disk == null ? null : new Pressure(cpu, memory, disk);
    }

    private @Nullable Path folder(String controller) {
        ControlGroup group = groups.of(controller);
        return group == null ? null : group.folder();
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
