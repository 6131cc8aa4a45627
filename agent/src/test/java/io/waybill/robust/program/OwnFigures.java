// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.ProcessContainers;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/** What this JVM holds. */
final class OwnFigures {
    private OwnFigures() {}

    /** Its descriptors, threads and their groups, classes and beans, once it has let go of what nobody uses any more. */
    static String now() throws InterruptedException {
        int classes = classesLeft();
        long descriptors = new File("/proc/self/fd").list().length;
        String agentThreads = agentThreads();
        // a thread is listed for a moment after it was joined
        for (int i = 0; i < 500 && !agentThreads.isEmpty() && !ProcessContainers.isConnected(); i++) {
            Thread.sleep(10);
            agentThreads = agentThreads();
        }
        return "descriptors=" + descriptors + " threads="
                + ManagementFactory.getThreadMXBean().getThreadCount() + " groups=" + groups() + " classes="
                + classes + " beans="
                + ManagementFactory.getPlatformMBeanServer().getMBeanCount()
                + (agentThreads.isEmpty() ? "" : " " + agentThreads + "=1");
    }

    /** What a compiler still works on, or a thread that is about to end, holds its class loader for a while. */
    private static int classesLeft() throws InterruptedException {
        int fewest = Integer.MAX_VALUE;
        for (int same = 0; same < 20; same++) {
            System.gc();
            int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
            if (classes < fewest) {
                fewest = classes;
                same = 0;
            }
            Thread.sleep(50);
        }
        return fewest;
    }

    private static int groups() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.activeGroupCount();
    }

    private static String agentThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("waybill"))
                .collect(Collectors.joining("+"));
    }
}
