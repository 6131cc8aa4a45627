// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.time.Duration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * Keeps the lock of the flight recorder, as a thread does that starts a recording on a busy machine, and waits until the agent
 * has looked some times more. Needs {@code jdk.jfr/jdk.jfr} open.
 */
public final class BusyRecorderProgram {
    private static final long MOST_NANOS = Duration.ofSeconds(60).toNanos();

    private BusyRecorderProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
        while (!server.isRegistered(resolver)) {
            Thread.sleep(20);
        }
        Field field = FlightRecorder.class.getDeclaredField("internal");
        field.setAccessible(true);
        Object lock = field.get(FlightRecorder.getFlightRecorder());
        try (Recording recording = new Recording()) {
            recording.start();
            wait(server, resolver, "the agent does not look while a recording runs");
            synchronized (lock) {
                wait(server, resolver, "the agent waits for the flight recorder");
            }
            System.out.println("looked meanwhile");
        }
    }

    private static void wait(MBeanServer server, ObjectName resolver, String complaint) throws Exception {
        long before = looks(server, resolver);
        long begin = System.nanoTime();
        while (looks(server, resolver) < before + 4) {
            if (System.nanoTime() - begin > MOST_NANOS) {
                throw new IllegalStateException(complaint);
            }
            Thread.sleep(20);
        }
    }

    private static long looks(MBeanServer server, ObjectName resolver) throws Exception {
        return (long) server.getAttribute(resolver, "Looks");
    }
}
