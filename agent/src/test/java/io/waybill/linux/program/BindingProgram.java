// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux.program;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Waits until the agent has looked at some process, and prints what it calls the C library through. */
public final class BindingProgram {
    private BindingProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
        while (!server.isRegistered(resolver) || (long) server.getAttribute(resolver, "Resolutions") < 2) {
            Thread.sleep(20);
        }
        System.out.println(server.getAttribute(resolver, "Binding"));
    }
}
