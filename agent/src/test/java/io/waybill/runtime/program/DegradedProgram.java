// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.io.File;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Asks the agent's beans for one pid and for the way in use, and prints the answers, and what of the agent lies in
 * {@code /tmp}. Arguments: the pid.
 */
public final class DegradedProgram {
    private DegradedProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
        while (!server.isRegistered(containers) || !server.isRegistered(resolver)) {
            Thread.sleep(20);
        }
        CompositeData answer = (CompositeData)
                server.invoke(containers, "resolve", new Object[] {Long.valueOf(arguments[0])}, new String[] {"long"});
        System.out.println("way " + server.getAttribute(resolver, "Way"));
        System.out.println("guard " + server.getAttribute(resolver, "Guard"));
        System.out.println("outcome " + answer.get("outcome"));
        System.out.println("init " + answer.get("initPid"));
        System.out.println("reason " + answer.get("reason"));
        Process child = new ProcessBuilder("true").start();
        System.out.println("child " + child.waitFor());
        File[] copies = new File("/tmp").listFiles((folder, name) -> name.startsWith("waybill-agent"));
        System.out.println("files in /tmp: " + (copies == null ? 0 : copies.length));
    }
}
