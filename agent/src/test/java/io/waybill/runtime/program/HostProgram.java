// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.EventStream;

/**
 * A host JVM: starts the commands it is given, waits until the agent's beans and the recording, if there is one, show the
 * inits it is given, says so, and ends. Arguments: {@code init=PID} and {@code run=COMMAND LINE}.
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
        Set<Long> children = new TreeSet<>();
        for (String argument : arguments) {
            if (argument.startsWith("init=")) {
                wanted.add(Long.valueOf(argument.substring(5)));
            } else if (argument.startsWith("run=")) {
                Process child = new ProcessBuilder(argument.substring(4).split(" ")).start();
                System.out.println("child " + child.pid());
                children.add(child.pid());
                child.waitFor();
            }
        }
        server.invoke(containers, "refresh", new Object[0], new String[0]);
        while (!inits(server, containers).containsAll(wanted)) {
            Thread.sleep(20);
        }
        awaitEventsOf(wanted, children);
        for (long init : wanted) {
            server.invoke(containers, "resolve", new Object[] {init}, new String[] {"long"});
        }
        System.out.println("seen " + wanted);
    }

    /** The agent writes in a thread of its own, which on a busy machine this program would outrun. */
    private static void awaitEventsOf(Set<Long> inits, Set<Long> children) throws IOException, InterruptedException {
        if (!FlightRecorder.isInitialized()) {
            return;
        }
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        Set<Object> wanted = new HashSet<>(Set.of("self"));
        children.forEach(child -> wanted.add("child " + child));
        inits.forEach(init -> wanted.addAll(List.of("container " + init, "process " + init)));
        try (EventStream events = EventStream.openRepository()) {
            events.onEvent("waybill.Container", event -> seen.add("container " + event.getLong("initPid")));
            events.onEvent("waybill.ProcessObserved", event -> {
                seen.add(event.getString("origin"));
                seen.add(event.getString("origin") + " " + event.getLong("pid"));
                seen.add("process " + event.getLong("pid"));
            });
            events.setStartTime(Instant.EPOCH);
            events.startAsync();
            for (int i = 0; !seen.containsAll(wanted); i++) {
                Thread.sleep(20);
                if (i == 1000) {
                    wanted.removeAll(seen);
                    System.out.println("missing so far " + wanted);
                }
            }
        }
    }

    private static Set<Long> inits(MBeanServer server, ObjectName containers) throws Exception {
        Set<Long> inits = new TreeSet<>();
        CompositeData[] rows = (CompositeData[]) server.getAttribute(containers, "Containers");
        Arrays.stream(rows).forEach(row -> inits.add((Long) row.get("initPid")));
        return inits;
    }
}
