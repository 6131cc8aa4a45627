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
    private static final int NAME = 0;
    private static final int RAN = 1;
    private static final int WAITED = 2;

    private ThreadTimes() {}

    /** The names of the agent's own threads that there are. */
    static List<String> agentThreads() throws IOException {
        return ofAgent().stream().map(words -> words[NAME]).toList();
    }

    /** How long the agent's thread, which looks at all processes, has waited for a CPU; in nanoseconds. */
    static long agentWaited() throws IOException {
        return ofAgent().stream()
                .filter(words -> words[NAME].equals("waybill-agent"))
                .mapToLong(words -> Long.parseLong(words[WAITED]))
                .sum();
    }

    /** How long the agent's own threads that there are have run; in nanoseconds. */
    static long agentNanos() throws IOException {
        return ofAgent().stream().mapToLong(words -> Long.parseLong(words[RAN])).sum();
    }

    /** The agent's own threads: of each its name and its schedstat. */
    private static List<String[]> ofAgent() throws IOException {
        List<String[]> all = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    if (name.startsWith("waybill-")) {
                        all.add((name + " " + Files.readString(thread.resolve("schedstat"))).split(" "));
                    }
                } catch (IOException e) {
                    // one that ended meanwhile, as a compiler's may at any time, is not one that there is
                    if (Files.exists(thread)) {
                        throw e;
                    }
                }
            }
        }
        return all;
    }
}
