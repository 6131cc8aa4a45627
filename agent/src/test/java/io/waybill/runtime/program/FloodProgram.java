// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import io.waybill.api.ProcessContainers;
import io.waybill.testing.Written;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;

/** Reports processes faster than the agent can look at them, and starts a recording meanwhile. */
public final class FloodProgram {
    private static volatile boolean enough;

    private FloodProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName("io.waybill:type=Resolver");
        while (!server.isRegistered(bean)) {
            Thread.sleep(10);
        }
        Thread flood = new Thread(FloodProgram::report);
        flood.start();
        while ((Long) server.getAttribute(bean, "Dropped") == 0) {
            Thread.sleep(10);
        }
        try (Recording recording = new Recording()) {
            recording.start();
            enough = true;
            flood.join();
            Written.await(
                    "waybill.ProcessObserved",
                    event -> event.getString("origin").equals("self"));
        }
        System.out.println("recorded");
    }

    private static void report() {
        while (!enough) {
            ProcessContainers.report(ProcessHandle.current().pid());
        }
    }
}
