// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** The names of the agent's own threads that there are. */
    static List<String> agentThreads() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm")).strip();
                if (name.startsWith("waybill-")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** How long the agent's thread, which looks at all processes, has waited for a CPU; in nanoseconds. */
    static long agentWaited() throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().equals("waybill-agent")) {
                    return Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ")[1]);
                }
            }
        }
        return 0;
    }

    /** Of the agent's own threads that there are. */
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
