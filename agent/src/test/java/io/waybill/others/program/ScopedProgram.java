// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others.program;

import io.waybill.jfr.ContainerScopeEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Reckons in scopes of the container {@code web}, for a second of CPU time. */
public final class ScopedProgram {
    private static final long SECOND = 1_000_000_000;

    private static volatile double result;

    private ScopedProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        // not in this one: a profiler calls it DestroyJavaVM in the end, which is another thread of Java
        Thread thread = new Thread(ScopedProgram::work);
        thread.start();
        thread.join();
    }

    private static void work() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        while (threads.getCurrentThreadCpuTime() < SECOND) {
            ContainerScopeEvent scope = new ContainerScopeEvent();
            scope.begin();
            reckon();
            scope.containerId = "web";
            scope.commit();
        }
    }

    private static void reckon() {
        double sum = 0;
        for (int i = 0; i < 1_000_000; i++) {
            sum += Math.sqrt(sum + 1);
        }
        result = sum;
    }
}
