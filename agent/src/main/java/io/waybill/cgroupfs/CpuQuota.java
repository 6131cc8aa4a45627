// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The limit of processor time that a control group meets first.
 *
 * @param processors how many at a time; null for no limit
 * @param folder the group that has the limit and the account of it: the group itself, or one around it
 */
record CpuQuota(@Nullable Double processors, Path folder) {
    /** Of a hierarchy of version 1. */
    static CpuQuota first(ControlGroup group) {
        return smallest(
                group,
                folder -> ratio(
                        CgroupFile.number(folder, "cpu.cfs_quota_us"), CgroupFile.number(folder, "cpu.cfs_period_us")));
    }

    /** Of the hierarchy of version 2. */
    static CpuQuota second(ControlGroup group) {
        return smallest(group, CpuQuota::max);
    }

    private static CpuQuota smallest(ControlGroup group, Function<Path, @Nullable Double> quotas) {
        CpuQuota smallest = new CpuQuota(null, group.folder());
        for (Path folder : group.upwards()) {
            Double processors = quotas.apply(folder);
            if (processors != null && (smallest.processors == null || processors < smallest.processors)) {
                smallest = new CpuQuota(processors, folder);
            }
        }
        return smallest;
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
    private static @Nullable Double max(Path folder) {
        List<String> lines = CgroupFile.lines(folder, "cpu.max");
        String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        return words.length < 2 ? null : ratio(CgroupFile.parse(words[0]), CgroupFile.parse(words[1]));
    }

    /** Version 1 has a quota of -1 for no limit. */
    private static @Nullable Double ratio(@Nullable Long quota, @Nullable Long period) {
        return quota == null || period == null || quota <= 0 || period <= 0 ? null : (double) quota / period;
    }
}
