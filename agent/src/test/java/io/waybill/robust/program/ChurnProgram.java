// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.ProcessContainers;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Resolves the processes of {@code churn.c} in eight threads for as long as there are any, by the agent and by a resolver
 * that trusts a time limit, and prints how often each was wrong. Arguments: the program, the shared file, how many
 * namespaces, how many processes, and how many answers about the process that had the number before are allowed: none
 * unless it is said.
 */
public final class ChurnProgram {
    private static final int THREADS = 8;

    private ChurnProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName figures = new ObjectName("io.waybill:type=Resolver");
        while (!ProcessContainers.isConnected() || !server.isRegistered(figures)) {
            Thread.sleep(20);
        }
        Path file = Path.of(arguments[1]);
        // the kernel gives a sysctl to the first read alone, and that of Files.readString asks for one byte
        int highest = Integer.parseInt(
                Files.readAllLines(Path.of("/proc/sys/kernel/pid_max")).get(0));
        Files.write(file, new byte[Reports.NUMBERS * 4 * 8 * Long.BYTES]);
        Reports reports = new Reports(file);
        Judge agent = new Judge(reports, ProcessContainers::resolve, 60);
        Judge naive = new Judge(reports, new NaiveResolver(ProcessContainers::resolve), 0);
        List<Thread> threads = ask(reports, Math.min(highest, Reports.NUMBERS), agent, naive);
        Process churn = new ProcessBuilder(arguments[0], arguments[1], arguments[2], arguments[3])
                .inheritIO()
                .start();
        int exitCode = churn.waitFor();
        if (exitCode != 0) {
            System.exit(exitCode);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "%d processes, %d namespaces, each number used %d times%n",
                reports.processes(), reports.namespaces(), reports.processes() / highest);
        System.out.println("guard " + server.getAttribute(figures, "Guard") + ", remembered answers: "
                + server.getAttribute(figures, "CacheHits"));
        System.out.println("agent: " + agent);
        System.out.println("naive: " + naive);
        long allowedLate = arguments.length > 4 ? Long.parseLong(arguments[4]) : 0;
        boolean right = agent.wrong() == 0 && agent.late() <= allowedLate;
        System.exit(right && naive.wrong() + naive.late() > 0 ? 0 : 3);
    }

    private static List<Thread> ask(Reports reports, int highest, Judge agent, Judge naive) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                while (!reports.isOver()) {
                    long pid = pick(reports, highest);
                    agent.ask(pid);
                    naive.ask(pid);
                }
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** Mostly a process that lives at this moment. */
    private static long pick(Reports reports, int highest) {
        long pid = ThreadLocalRandom.current().nextLong(1, highest);
        for (int tries = 0; tries < 10 && !reports.isLive(pid); tries++) {
            pid = ThreadLocalRandom.current().nextLong(1, highest);
        }
        return pid;
    }
}
