// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.Wanted;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFormatException;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first process of a container, as its runtime wrote it down, found alive in /proc.
 *
 * @param pid its process id
 * @param namespace the inode of its pid namespace; 0 where the kernel refuses that
 * @param cgroups the paths of its cgroups as far as the container's own segment; those that are the root left out
 */
record RunningInit(long pid, long namespace, List<String> cgroups) {
    private static final int ID_LENGTH = 64;

    private static final Pattern NAMESPACE = Pattern.compile("pid:\\[([0-9]{1,18})]");

    /** The process that the record names, if it is still the one that the record is about. */
    static Optional<RunningInit> of(ContainerRecord container, ProcFs procFs, Ancestry ancestry) {
        ContainerRecord.Init init = container.init();
        if (init.pid() <= 1 || !isAlive(init, procFs)) {
            return Optional.empty();
        }
        List<CgroupLine> lines =
                CgroupLine.parseAll(ProcCgroup.of(procFs, init.pid()).linesOrNone());
        if (container.user() != Wanted.NO_USER && !isOf(container.user(), init.pid(), lines, ancestry)) {
            return Optional.empty();
        }
        List<String> cgroups = lines.stream()
                .map(line -> own(line.path(), init.cgroup()))
                .filter(path -> path.length() > 1)
                .distinct()
                .toList();
        return Optional.of(new RunningInit(init.pid(), namespaceOf(init.pid(), procFs), cgroups));
    }

    /** Whether a process is in one of the container's own cgroups, or below. */
    boolean holds(List<CgroupLine> lines) {
        return lines.stream().anyMatch(line -> cgroups.stream().anyMatch(own -> isAtOrBelow(line.path(), own)));
    }

    /** The inode of a process's pid namespace, of {@code pid:[4026532281]}; 0 where the kernel refuses that. */
    static long namespaceOf(long pid, ProcFs procFs) {
        return procFs.readLink(pid, "ns/pid").linesOrNone().stream()
                .map(NAMESPACE::matcher)
                .filter(Matcher::matches)
                .mapToLong(link -> Long.parseLong(link.group(1)))
                .findFirst()
                .orElse(0);
    }

    static boolean isAlive(ContainerRecord.Init init, ProcFs procFs) {
        List<String> lines = procFs.read(init.pid(), "stat").linesOrNone();
        try {
            return !lines.isEmpty()
                    && (init.startTicks() == 0 || ProcStat.parse(lines.get(0)).startTicks() == init.startTicks());
        } catch (ProcFormatException e) {
            return false;
        }
    }

    static boolean isAtOrBelow(String path, String top) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }

    /** What a user wrote down himself is believed of his own processes only. */
    private static boolean isOf(long user, long pid, List<CgroupLine> lines, Ancestry ancestry) {
        String slice = "/user-" + user + ".slice/";
        return ancestry.place(pid).filter(place -> place.user() == user).isPresent()
                || lines.stream().anyMatch(line -> line.path().contains(slice));
    }

    /**
     * The path as far as the container's own segment, since an init with a service manager in it moves further down; the
     * root if there is no such segment, as in hierarchies that the runtime left alone.
     */
    private static String own(String path, String segment) {
        int start = 0;
        while (!segment.isEmpty() && start >= 0 && start < path.length()) {
            int next = path.indexOf('/', start + 1);
            int end = next < 0 ? path.length() : next;
            String name = path.substring(start + 1, end);
            // an id is part of the unit's name where systemd makes the cgroups
            if (name.equals(segment) || (segment.length() == ID_LENGTH && name.contains(segment))) {
                return path.substring(0, end);
            }
            start = next;
        }
        return "/";
    }
}
