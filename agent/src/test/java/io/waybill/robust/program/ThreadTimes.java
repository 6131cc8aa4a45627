// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long threads have run, by the kernel's account.
 *
 * <pre>
 * /proc/self/task/4711/comm       waybill-events
 * /proc/self/task/4711/schedstat  168977 4587 2
 *                                 (1)    (2)
 * (1) on a CPU, in nanoseconds; (2) waiting for one
 * </pre>
 */
final class ThreadTimes {
    private ThreadTimes() {}

    /** The agent's own threads that there are. */
    static long agentNanos() throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                nanos += Files.readString(thread.resolve("comm")).startsWith("waybill-")
                        ? Long.parseLong(
                                Files.readString(thread.resolve("schedstat")).split(" ")[0])
                        : 0;
            }
        }
        return nanos;
    }
}
