// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.List;
import java.util.Optional;

/**
 * A line of {@code /proc/PID/cgroup}: where in one hierarchy of control groups a process is.
 *
 * <pre>
 * 4:memory:/docker/a503ac1829ef
 * (1) (2)   (3)
 * 0::/system.slice/docker-b6c33be0c584.scope
 * (1) number of the hierarchy; 0 is version 2
 * (2) its controllers, or name=systemd; empty in version 2. Names may hold no colon, paths may.
 * (3) relative to the cgroup namespace of the reader: "/.." is above its root
 * </pre>
 *
 * @param hierarchy the number of the hierarchy, 0 for version 2
 * @param controllers the controllers by comma, or {@code name=} and a name; empty for version 2
 * @param path the path, without the {@code " (deleted)"} that the kernel adds to one that was removed
 */
public record CgroupLine(int hierarchy, String controllers, String path) {
    /** proc_cgroup_show adds it on version 2 only; a version 1 path ends in it only if somebody named it so. */
    private static final String DELETED = " (deleted)";

    /**
     * Parses a line.
     *
     * @throws ProcFormatException if it has no two colons, no number in front of the first or no path after the second
     */
    public static CgroupLine parse(String line) {
        return parsed(line).orElseThrow(() -> new ProcFormatException("not a line of /proc/PID/cgroup", line));
    }

    private static Optional<CgroupLine> parsed(String line) {
        int first = line.indexOf(':');
        int second = line.indexOf(':', first + 1);
        if (first < 1 || first > 9 || second < 0 || !line.startsWith("/", second + 1)) {
            return Optional.empty();
        }
        int hierarchy = 0;
        for (int i = 0; i < first; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            hierarchy = 10 * hierarchy + digit;
        }
        int end = hierarchy == 0 && line.endsWith(DELETED) ? line.length() - DELETED.length() : line.length();
        return Optional.of(
                new CgroupLine(hierarchy, line.substring(first + 1, second), line.substring(second + 1, end)));
    }

    /**
     * Parses the lines that are of the kernel's form and leaves out the others, so that one of a future kernel does not
     * hide the rest.
     */
    public static List<CgroupLine> parseAll(List<String> lines) {
        return lines.stream().flatMap(line -> parsed(line).stream()).toList();
    }

    /** Whether it is of version 2, the unified hierarchy. */
    public boolean isUnified() {
        return hierarchy == 0;
    }
}
