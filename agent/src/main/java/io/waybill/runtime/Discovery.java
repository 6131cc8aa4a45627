// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.linux.LinuxException;
import io.waybill.procfs.MountInfoLine;
import io.waybill.procfs.ProcFs;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How containers come to notice between the looks of every period, by the best way that this JVM may go: the kernel's
 * process events, else changes of the cgroup tree, else none. Only while somebody records, since each event of a busy
 * machine wakes a thread.
 */
final class Discovery implements AutoCloseable {
    private final BooleanSupplier wanted;
    private final List<Way> ways;
    private final Consumer<String> complaints;

    private @Nullable AutoCloseable way;
    private boolean ended;

    /**
     * Makes it, not begun yet.
     *
     * @param wanted whether somebody records
     * @param ways the best first
     */
    Discovery(BooleanSupplier wanted, List<Way> ways, Consumer<String> complaints) {
        this.wanted = wanted;
        this.ways = ways;
        this.complaints = complaints;
    }

    /** Begins or ends it, as is wanted now. */
    synchronized void adjust() {
        boolean now = !ended && wanted.getAsBoolean();
        if (now && way == null) {
            way = () -> {}; // should the next throw, it need not again with every look
            way = begin();
        } else if (!now && way != null) {
            end(way);
            way = null;
        }
    }

    @Override
    public synchronized void close() {
        ended = true;
        adjust();
    }

    /** The best way that can be gone; null where there is no descriptor left for one, which there may be at the next look. */
    private @Nullable AutoCloseable begin() {
        for (Way each : ways) {
            try {
                Optional<? extends AutoCloseable> begun = each.begin();
                if (begun.isPresent()) {
                    return begun.get();
                }
            } catch (LinuxException e) {
                if (e.errno().isExhaustion()) {
                    return null;
                }
            }
        }
        return () -> {}; // the look of every period is what is left
    }

    private void end(AutoCloseable begun) {
        try {
            begun.close();
        } catch (Exception e) {
            complaints.accept("listening to the kernel no more: " + e);
        }
    }

    /** Of the hierarchies of version 1 that of systemd or else the first, since runtimes make a group in each. */
    static List<Path> cgroupRoots(ProcFs procFs) {
        List<MountInfoLine> mounts =
                MountInfoLine.parseAll(procFs.readSelf("mountinfo").linesOrNone());
        Stream<MountInfoLine> first = mounts.stream()
                .filter(mount -> mount.fileSystem().equals("cgroup"))
                .sorted(Comparator.comparing(mount -> !mount.superOptions().contains("name=systemd")))
                .limit(1);
        Stream<MountInfoLine> second =
                mounts.stream().filter(mount -> mount.fileSystem().equals("cgroup2"));
        return Stream.concat(first, second)
                .flatMap(mount -> path(mount.mountPoint()))
                .toList();
    }

    private static Stream<Path> path(String text) {
        try {
            return Stream.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Stream.empty(); // in this JVM's locale it cannot be written
        }
    }

    /** One of the ways. */
    interface Way {
        /**
         * Begins to go it.
         *
         * @return what ends it; none where this JVM cannot go it
         * @throws LinuxException if it may not, or there is no descriptor left
         */
        Optional<? extends AutoCloseable> begin() throws LinuxException;
    }
}
