// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime.program;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Does nothing for some seconds, and prints how often each of the agent's threads woke meanwhile, and for how many
 * milliseconds all of them ran: {@code wakes waybill-agent 5}, {@code ran 3}. Argument: how many seconds.
 */
public final class IdleProgram {
    private IdleProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
        while (!server.isRegistered(resolver)) {
            Thread.sleep(20);
        }
        Thread.sleep(5000); // what is done at the start is not idleness; processes of the start are settled by then
        Map<String, long[]> before = threads();
        long start = System.nanoTime();
        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(arguments[0])));
        Map<String, long[]> after = threads();
        long periods = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        long ran = 0;
        for (Map.Entry<String, long[]> thread : after.entrySet()) {
            long[] earlier = before.getOrDefault(thread.getKey(), new long[2]);
            System.out.println("wakes " + thread.getKey() + " " + (thread.getValue()[0] - earlier[0]));
            ran += thread.getValue()[1] - earlier[1];
        }
        System.out.println("ran " + TimeUnit.NANOSECONDS.toMillis(ran));
        System.out.println("seconds " + periods);
    }

    /**
     * Of the agent's threads: how often each began to wait, as the JVM counts, and how many nanoseconds it ran. The kernel
     * counts more, such as its own locks, for which a thread waits that lists processes while others start and end.
     */
    private static Map<String, long[]> threads() {
        Map<String, long[]> threads = new TreeMap<>();
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : bean.getThreadInfo(bean.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("waybill-")) {
                long ran = bean.getThreadCpuTime(thread.getThreadId());
                threads.put(thread.getThreadName(), new long[] {thread.getWaitedCount(), ran});
            }
        }
        return threads;
    }
}
