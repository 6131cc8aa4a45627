// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Listens to the agent's notifications, and keeps the thread that tells the first one. Meanwhile it starts another pid
 * namespace, and waits until the agent's table has that.
 */
public final class BlockingListenerProgram {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName containers;
    private final List<Process> started = new ArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    private BlockingListenerProgram(ObjectName containers) {
        this.containers = containers;
    }

    public static void main(String[] arguments) throws Exception {
        new BlockingListenerProgram(new ObjectName("io.waybill:type=Containers")).run();
    }

    private void run() throws Exception {
        while (!server.isRegistered(containers)) {
            Thread.sleep(20);
        }
        NotificationListener listener = (notification, handback) -> block();
        server.addNotificationListener(containers, listener, null, null);
        start();
        told.await();
        long second = start();
        while (!inits().contains(second)) {
            Thread.sleep(20);
        }
        System.out.println("seen meanwhile");
        for (Process each : started) {
            each.outputWriter().append("\n").close();
        }
        mayGoOn.countDown();
    }

    private void block() {
        try {
            told.countDown();
            mayGoOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a namespace; the pid of its init. */
    private long start() throws Exception {
        Process unshare = new ProcessBuilder("unshare", "--pid", "--fork", "sh", "-c", "read line").start();
        started.add(unshare);
        while (unshare.children().findAny().isEmpty()) {
            Thread.sleep(1);
        }
        return unshare.children().findAny().orElseThrow().pid();
    }

    private List<Object> inits() throws Exception {
        CompositeData[] rows = (CompositeData[]) server.getAttribute(containers, "Containers");
        return Arrays.stream(rows).map(row -> row.get("initPid")).toList();
    }
}
