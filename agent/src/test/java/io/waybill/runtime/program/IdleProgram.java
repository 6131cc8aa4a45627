// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Does nothing for some seconds, and prints how often each of the agent's threads woke meanwhile, and for how many
 * milliseconds all of them ran: {@code wakes waybill-agent 5}, {@code ran 3}. Argument: how many seconds.
 */
public final class IdleProgram {
    private IdleProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
        while (!server.isRegistered(resolver)) {
            Thread.sleep(20);
        }
        Thread.sleep(5000); // what is done at the start is not idleness; processes of the start are settled by then
        Map<String, long[]> before = threads();
        long start = System.nanoTime();
        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(arguments[0])));
        Map<String, long[]> after = threads();
        long periods = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        long ran = 0;
        for (Map.Entry<String, long[]> thread : after.entrySet()) {
            long[] earlier = before.getOrDefault(thread.getKey(), new long[2]);
            System.out.println("wakes " + thread.getKey() + " " + (thread.getValue()[0] - earlier[0]));
            ran += thread.getValue()[1] - earlier[1];
        }
        System.out.println("ran " + TimeUnit.NANOSECONDS.toMillis(ran));
        System.out.println("seconds " + periods);
    }

    /** Of the agent's threads: how often each gave up its processor of its own will, and how long it ran. */
    private static Map<String, long[]> threads() throws IOException {
        Map<String, long[]> threads = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String name = Files.readString(task.resolve("comm")).strip();
                if (name.startsWith("waybill-")) {
                    long wakes = Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                            .mapToLong(line -> Long.parseLong(line.substring(24).strip()))
                            .sum();
                    long ran = Long.parseLong(
                            Files.readString(task.resolve("schedstat")).split(" ")[0]);
                    threads.put(name, new long[] {wakes, ran});
                }
            }
        }
        return threads;
    }
}
