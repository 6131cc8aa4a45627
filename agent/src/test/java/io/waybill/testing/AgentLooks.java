// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** For a program under test: the looks of the agent in its JVM at all processes, one a period. */
public final class AgentLooks {
    private AgentLooks() {}

    /** Waits until its thread has rested so often; between the first two times it did one whole look, at least. */
    public static void await(int count) throws InterruptedException {
        long end = rests() + count;
        while (rests() < end) {
            Thread.sleep(10);
        }
    }

    private static long rests() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("waybill-agent")) {
                return thread.getWaitedCount();
            }
        }
        throw new IllegalStateException("no thread of the agent");
    }
}
