// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Cgroups that a test made. */
public final class Cgroups {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    private Cgroups() {}

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
