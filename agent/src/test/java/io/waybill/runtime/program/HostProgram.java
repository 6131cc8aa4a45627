// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * A host JVM: starts the commands it is given, waits until the agent's beans show the inits it is given, says so, and
 * ends. Arguments: {@code init=PID} and {@code run=COMMAND LINE}.
 */
public final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers)) {
            Thread.sleep(20);
        }
        Set<Long> wanted = new TreeSet<>();
        for (String argument : arguments) {
            if (argument.startsWith("init=")) {
                wanted.add(Long.valueOf(argument.substring(5)));
            } else if (argument.startsWith("run=")) {
                Process child = new ProcessBuilder(argument.substring(4).split(" ")).start();
                System.out.println("child " + child.pid());
                child.waitFor();
            }
        }
        server.invoke(containers, "refresh", new Object[0], new String[0]);
        while (!inits(server, containers).containsAll(wanted)) {
            Thread.sleep(20);
        }
        System.out.println("seen " + wanted);
    }

    private static Set<Long> inits(MBeanServer server, ObjectName containers) throws Exception {
        Set<Long> inits = new TreeSet<>();
        CompositeData[] rows = (CompositeData[]) server.getAttribute(containers, "Containers");
        Arrays.stream(rows).forEach(row -> inits.add((Long) row.get("initPid")));
        return inits;
    }
}
