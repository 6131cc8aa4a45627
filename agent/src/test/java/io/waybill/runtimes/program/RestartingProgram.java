// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes.program;

import io.waybill.testing.Written;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * A host JVM that waits until the agent knows a container, restarts it, and waits until the agent knows it with its new
 * init. Arguments: the init's pid, and the command line that restarts the container.
 */
public final class RestartingProgram {
    private RestartingProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers)) {
            Thread.sleep(20);
        }
        long initPid = Long.parseLong(arguments[0]);
        CompositeData before = find(server, containers, "initPid", initPid);
        while (before == null) {
            Thread.sleep(20);
            before = find(server, containers, "initPid", initPid);
        }
        int status = new ProcessBuilder(arguments[1].split(" ")).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(arguments[1] + ": " + status);
        }
        CompositeData after = before;
        while (after == null || after.get("initPid").equals(initPid)) {
            Thread.sleep(20);
            after = find(server, containers, "id", before.get("id"));
        }
        long newInit = (Long) after.get("initPid");
        Written.await("waybill.ContainerEnded", event -> event.getLong("initPid") == initPid);
        Written.await("waybill.ContainerStarted", event -> event.getLong("initPid") == newInit);
        Written.await("waybill.Container", event -> event.getLong("initPid") == newInit);
    }

    private static CompositeData find(MBeanServer server, ObjectName containers, String key, Object value)
            throws Exception {
        server.invoke(containers, "refresh", new Object[0], new String[0]);
        for (CompositeData row : (CompositeData[]) server.getAttribute(containers, "Containers")) {
            if (row.get(key).equals(value)) {
                return row;
            }
        }
        return null;
    }
}
