// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import io.waybill.testing.AgentStart;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;

/** Names an MBean server builder of its own in main, as application servers do. */
public final class MBeanServerProgram {
    private MBeanServerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        AgentStart.await();
        System.setProperty("javax.management.builder.initial", OwnBuilder.class.getName());
        ManagementFactory.getPlatformMBeanServer();
    }

    /** The builder. */
    public static final class OwnBuilder extends MBeanServerBuilder {
        @Override
        public MBeanServer newMBeanServer(String domain, MBeanServer outer, MBeanServerDelegate delegate) {
            System.out.println("built by the application");
            return super.newMBeanServer(domain, outer, delegate);
        }
    }
}
