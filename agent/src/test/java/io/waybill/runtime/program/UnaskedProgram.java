// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import io.waybill.testing.AgentLooks;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Waits until the agent knows a container, lets the agent look at all processes, and then reads what the container uses. Before
 * each it looks for a file of that name, which a trace of its system calls shows: {@code unasked}, {@code asked}.
 * Arguments: the container's init and its id, and how often.
 */
public final class UnaskedProgram {
    private UnaskedProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers) || !isSeen(server, containers, Long.valueOf(arguments[0]))) {
            Thread.sleep(20);
        }
        mark("unasked");
        AgentLooks.await(Integer.parseInt(arguments[2]));
        mark("asked");
        Set<ObjectName> names =
                server.queryNames(new ObjectName("io.waybill:type=Container,id=" + arguments[1] + ",*"), null);
        System.out.println(
                "memory limit " + server.getAttribute(names.iterator().next(), "MemoryLimitBytes"));
    }

    private static void mark(String name) {
        if (new File("/waybill-" + name).exists()) {
            throw new IllegalStateException("there is a file " + name);
        }
    }

    private static boolean isSeen(MBeanServer server, ObjectName containers, Long init) throws Exception {
        CompositeData[] rows = (CompositeData[]) server.getAttribute(containers, "Containers");
        return Arrays.stream(rows).anyMatch(row -> init.equals(row.get("initPid")));
    }
}
