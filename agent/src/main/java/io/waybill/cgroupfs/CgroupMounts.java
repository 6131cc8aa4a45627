// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.MountInfoLine;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the hierarchies of control groups are mounted, for the process that reads.
 *
 * @param mounts those of type cgroup and cgroup2
 */
record CgroupMounts(List<Mounted> mounts) {
    /**
     * Takes them from a process's mounts.
     *
     * @param machine what mount points are below: the root folder, or a recorded machine
     */
    static CgroupMounts of(Path machine, List<String> mountInfo) {
        return new CgroupMounts(MountInfoLine.parseAll(mountInfo).stream()
                .filter(mount -> mount.fileSystem().startsWith("cgroup"))
                .map(mount -> new Mounted(mount, machine.resolve(relative(mount.mountPoint()))))
                .toList());
    }

    /**
     * A group in the first mount that shows it.
     *
     * @param line says which hierarchy it is
     * @param path the group's path as the same reader sees it in /proc
     */
    Optional<ControlGroup> group(CgroupLine line, String path) {
        for (Mounted mounted : mounts) {
            if (isOf(mounted.mount, line)) {
                Optional<String> below = below(mounted.mount.root(), path);
                if (below.isPresent()) {
                    return below.map(names -> new ControlGroup(names, mounted.top));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the mount shows the hierarchy: its controllers are among the options of the file system. */
    private static boolean isOf(MountInfoLine mount, CgroupLine line) {
        if (line.isUnified()) {
            return mount.fileSystem().equals("cgroup2");
        }
        return mount.fileSystem().equals("cgroup")
                && !line.controllers().isEmpty()
                && Arrays.asList(mount.superOptions().split(",", -1))
                        .containsAll(Arrays.asList(line.controllers().split(",", -1)));
    }

    /** The part of the path below the group that the mount shows as its root; none for a group elsewhere. */
    private static Optional<String> below(String root, String path) {
        String prefix = root.equals("/") ? "" : root;
        if (!path.startsWith(prefix + "/") && !path.equals(prefix)) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        // "/.." stands for what is above the reader's own root, and is not to be walked as a path
        return new ArrayList<>(Arrays.asList(rest.split("/", -1))).contains("..") || !canBeWritten(rest)
                ? Optional.empty()
                : Optional.of(rest);
    }

    /** Not where it has letters that the JVM's locale does not have. */
    private static boolean canBeWritten(String path) {
        try {
            return !Path.of(path).toString().contains("\0");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String relative(String path) {
        return path.isEmpty() ? path : path.substring(1);
    }

    /**
     * One of them.
     *
     * @param top its folder here
     */
    private record Mounted(MountInfoLine mount, Path top) {}
}
