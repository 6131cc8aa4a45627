// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.List;

/**
 * The file {@code cgroup} of a process.
 *
 * <p>In the hierarchies of version 1 the kernel shows a thread that is ending in the root (kernel/cgroup/cgroup.c,
 * proc_cgroup_show, 6.12), and the file of a process is that of its leader: of one whose leader has ended, and of one that
 * takes its time to end, such as an init that ends all others first, it would name no container.
 */
public final class ProcCgroup {
    private ProcCgroup() {}

    /**
     * Reads it; of a process whose leader has ended, that of another of its threads.
     *
     * @param pid a process id of the procfs
     * @return that it is gone, too, for a process that is ending altogether
     */
    public static ProcText of(ProcFs procFs, long pid) {
        ProcText text = procFs.read(pid, "cgroup");
        if (!isInRoots(text.linesOrNone()) || !isEnding(procFs, pid, "")) {
            return text;
        }
        for (long thread : procFs.otherThreads(pid)) {
            String folder = "task/" + thread + "/";
            ProcText other = procFs.read(pid, folder + "cgroup");
            if (!other.linesOrNone().isEmpty() && !isEnding(procFs, pid, folder)) {
                return other;
            }
        }
        return new ProcText.Gone();
    }

    /** Whether it is in the roots of all hierarchies of version 1, of which there are some. */
    private static boolean isInRoots(List<String> lines) {
        boolean first = false;
        for (CgroupLine line : CgroupLine.parseAll(lines)) {
            if (!line.isUnified()) {
                if (!line.path().equals("/")) {
                    return false;
                }
                first = true;
            }
        }
        return first;
    }

    private static boolean isEnding(ProcFs procFs, long pid, String folder) {
        List<String> lines = procFs.read(pid, folder + "stat").linesOrNone();
        try {
            return !lines.isEmpty() && ProcStat.parse(lines.get(0)).isEnding();
        } catch (ProcFormatException e) {
            return false;
        }
    }
}
