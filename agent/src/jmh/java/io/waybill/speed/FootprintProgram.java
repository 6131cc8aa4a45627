// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Waits until the agent knows so many containers and namespaces, and until that has settled, and prints {@code heap BYTES} that a
 * collection left and {@code rss BYTES}; then lives on for the rest of its seconds.
 *
 * <p>Arguments: how many, 0 in a JVM without the agent, how many seconds in all, and how many of them to settle.
 */
public final class FootprintProgram {
    private FootprintProgram() {}

    public static void main(String[] arguments) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[1]));
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.waybill:type=Containers");
        int wanted = Integer.parseInt(arguments[0]);
        while (wanted > 0 && (!server.isRegistered(name) || known(server, name) < wanted)) {
            Thread.sleep(100);
        }
        Thread.sleep(TimeUnit.SECONDS.toMillis(
                Long.parseLong(arguments[2]))); // until each has its bean, and has been measured for the recording
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        System.out.println("heap " + liveBytes());
        System.out.println("rss " + residentBytes());
        Thread.sleep(Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }

    private static int known(MBeanServer server, ObjectName name) throws Exception {
        return (int) server.getAttribute(name, "ContainerCount") + (int) server.getAttribute(name, "NamespaceCount");
    }

    /**
     * What the last collection left. What is in use now would be more, by megabytes and by chance: each thread that
     * allocates has a buffer, which counts as a whole.
     */
    private static long liveBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    private static long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no VmRSS in /proc/self/status");
    }
}
