// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes.program;

import io.waybill.testing.AgentLooks;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A JVM in a container: prints what the agent's beans say of its own container, and of all after two looks. */
public final class SelfProgram {
    private SelfProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName self = new ObjectName("io.waybill:type=Self");
        while (!server.isRegistered(self)) {
            Thread.sleep(20);
        }
        for (String attribute : arguments) {
            System.out.println(attribute + " " + server.getAttribute(self, attribute));
        }
        AgentLooks.await(2);
        ObjectName all = new ObjectName("io.waybill:type=Containers");
        System.out.println("ContainerCount " + server.getAttribute(all, "ContainerCount"));
        System.out.println("EndedCount " + server.getAttribute(all, "EndedCount"));
    }
}
