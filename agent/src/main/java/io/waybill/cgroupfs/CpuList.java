// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

/** The kernel's way to write which processors, in /sys/devices/system/cpu/online and the files of cpuset groups. */
final class CpuList {
    private CpuList() {}

    /**
     * How many there are.
     *
     * <pre>
     * 0-3,8
     * (1) (2)
     * (1) a range, both ends included
     * (2) a single one
     * </pre>
     *
     * @return 0 where it is not of that form
     */
    static int size(String line) {
        long count = 0;
        for (String part : line.split(",", -1)) {
            String[] ends = part.split("-", 2);
            Long first = CgroupFile.parse(ends[0]);
            Long last = CgroupFile.parse(ends[ends.length - 1]);
            if (first == null || last == null || last < first || last - first > 65_536) {
                return 0;
            }
            count += last - first + 1;
        }
        return (int) count;
    }
}
