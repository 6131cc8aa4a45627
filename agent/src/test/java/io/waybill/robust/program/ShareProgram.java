// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.ProcessContainers;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Prints what the agent's threads take of a core in so many seconds, in hundredths, and how often they put something off;
 * then starts a container and prints whether the agent has it, and which threads of the agent there are. Argument: the
 * seconds.
 */
public final class ShareProgram {
    private ShareProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
        while (!ProcessContainers.isConnected() || !server.isRegistered(resolver)) {
            Thread.sleep(10);
        }
        long begin = System.nanoTime();
        long before = ThreadTimes.agentNanos();

        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(arguments[0])));
        long ran = ThreadTimes.agentNanos() - before;
        System.out.println("share " + 100 * ran / (System.nanoTime() - begin));
        System.out.println("put off " + server.getAttribute(resolver, "PutOff"));

        Process maker = new ProcessBuilder("unshare", "--pid", "--fork", "--kill-child", "sleep", "1000").start();
        try {
            Optional<ProcessHandle> init = maker.toHandle().children().findAny();
            while (init.isEmpty() || !isKnown(server, init.get().pid())) {
                Thread.sleep(10);
                init = maker.toHandle().children().findAny();
            }
            System.out.println("found");
            System.out.println("threads " + ThreadTimes.agentThreads());
        } finally {
            maker.destroyForcibly().waitFor();
        }
    }

    private static boolean isKnown(MBeanServer server, long init) throws Exception {
        CompositeData[] rows =
                (CompositeData[]) server.getAttribute(new ObjectName("io.waybill:type=Containers"), "Containers");
        return Stream.of(rows).anyMatch(row -> (Long) row.get("initPid") == init);
    }
}
