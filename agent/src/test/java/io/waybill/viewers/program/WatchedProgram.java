// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers.program;

import io.waybill.testing.Written;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * A JVM to be looked at: says so when the agent's beans show the init it is given, and its events are written, and runs until
 * it is ended. Arguments: the init's pid.
 */
public final class WatchedProgram {
    private WatchedProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers) || !isSeen(server, containers, Long.valueOf(arguments[0]))) {
            Thread.sleep(20);
        }
        while (!isAgentWaiting()) {
            Thread.sleep(20); // the beans show a container before the same look has told of all processes
        }
        long init = Long.parseLong(arguments[0]);
        Written.await("waybill.ProcessObserved", event -> event.getLong("pid") == init);
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static boolean isAgentWaiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread ->
                        thread.getName().equals("waybill-agent") && thread.getState() == Thread.State.TIMED_WAITING);
    }

    private static boolean isSeen(MBeanServer server, ObjectName containers, Long init) throws Exception {
        CompositeData[] rows = (CompositeData[]) server.getAttribute(containers, "Containers");
        return Arrays.stream(rows).anyMatch(row -> init.equals(row.get("initPid")));
    }
}
