// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes.program;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A JVM in a container: prints what the agent's bean says of its own container. */
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
    }
}
