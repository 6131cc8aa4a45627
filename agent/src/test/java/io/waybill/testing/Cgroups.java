// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Cgroups that a test made. */
public final class Cgroups {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    private Cgroups() {}

    /** Where one can be made; in CI there must be such a place. */
    public static Path writableHierarchy() {
        Path hierarchy = Stream.of("/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified", "/sys/fs/cgroup")
                .map(Path::of)
                .filter(path -> Files.isWritable(path.resolve("cgroup.procs")))
                .findFirst()
                .orElse(null);
        Needs.that(hierarchy != null, "a writable cgroup hierarchy is needed");
        return Objects.requireNonNull(hierarchy);
    }

    /**
     * Removes one. A process that was killed is in no list any more, and keeps its cgroup busy until it is reaped.
     *
     * @throws IOException if it is busy for longer than that takes
     */
    public static void remove(Path cgroup) throws IOException {
        long end = System.nanoTime() + LONGEST;
        boolean busy = true;
        while (busy) {
            try {
                Files.deleteIfExists(cgroup);
                busy = false;
            } catch (FileSystemException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
