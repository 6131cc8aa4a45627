// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel.program;

import io.waybill.api.Init;
import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import jdk.jfr.consumer.EventStream;

/**
 * Runs beside the agent: waits until its beans show the inits that are given, comma-separated, and its recording what the
 * container that is given uses, which uses more by the command that is given; asks for peers of a socket, and prints what {@link PeerCheck} says; then resolves the
 * members that {@code short-lived} names while it kills them, and prints {@code rounds=N answers=N gone=N none=N wrong=N}.
 */
public final class WitnessProgram {
    /** What is printed of peers if it is right. */
    public static final String RIGHT_PEERS = PeerCheck.RIGHT;

    private int rounds;
    private int answers;
    private int gone;
    private int none;
    private int wrong;

    private WitnessProgram() {}

    public static void main(String[] arguments) throws Exception {
        awaitInits(arguments[0]);
        int words = Integer.parseInt(arguments[2]);
        awaitUsage(arguments[1], List.of(arguments).subList(3, 3 + words));
        System.out.println(PeerCheck.result());
        WitnessProgram program = new WitnessProgram();
        program.race(List.of(arguments).subList(3 + words, arguments.length));
        System.out.printf(
                "rounds=%d answers=%d gone=%d none=%d wrong=%d%n",
                program.rounds, program.answers, program.gone, program.none, program.wrong);
    }

    private static void awaitInits(String inits) throws Exception {
        Set<Long> wanted = new TreeSet<>();
        for (String init : inits.split(",")) {
            wanted.add(Long.valueOf(init));
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName containers = new ObjectName("io.waybill:type=Containers");
        while (!server.isRegistered(containers)) {
            Thread.sleep(20);
        }
        server.invoke(containers, "refresh", new Object[0], new String[0]);
        long end = System.nanoTime() + 30_000_000_000L;
        while (!wanted.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no bean shows " + wanted);
            }
            Thread.sleep(20);
            CompositeData[] rows = (CompositeData[]) server.getAttribute(containers, "Containers");
            Arrays.stream(rows).forEach(row -> wanted.remove((Long) row.get("initPid")));
        }
    }

    private static void awaitUsage(String containerId, List<String> use) throws Exception {
        awaitLooks(containerId, Instant.EPOCH, 1);
        if (!use.isEmpty()) {
            int exitCode = new ProcessBuilder(use).inheritIO().start().waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(use + " ended with " + exitCode);
            }
        }
        awaitLooks(containerId, Instant.now(), 2);
    }

    private static void awaitLooks(String containerId, Instant since, int count) throws Exception {
        CountDownLatch looks = new CountDownLatch(count);
        try (EventStream events = EventStream.openRepository()) {
            events.onEvent("waybill.ContainerUsage", event -> {
                if (event.getString("containerId").equals(containerId)) {
                    looks.countDown();
                }
            });
            events.setStartTime(since);
            events.startAsync();
            if (!looks.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no event says what " + containerId + " uses");
            }
        }
    }

    private void race(List<String> command) throws Exception {
        Process shortLived = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(shortLived.getInputStream(), StandardCharsets.UTF_8));
                PrintStream looked = new PrintStream(shortLived.getOutputStream(), true, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] pids = line.split(" ");
                Resolution first = ProcessContainers.resolve(Long.parseLong(pids[1]));
                looked.println("looked");
                watch(first, Long.parseLong(pids[0]), Long.parseLong(pids[1]));
                rounds++;
            }
        }
        if (shortLived.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + shortLived.exitValue());
        }
    }

    /** Resolves the member until it is gone. */
    private void watch(Resolution first, long init, long member) {
        Resolution resolution = first;
        while (resolution instanceof Resolution.Resolved resolved) {
            answers++;
            if (resolved.init() instanceof Init.Known known && known.pid() == init) {
                resolution = ProcessContainers.resolve(member);
            } else if (resolved.init() instanceof Init.None) {
                none++;
                resolution = ProcessContainers.resolve(member);
            } else {
                wrong++;
                System.out.println("member " + member + " of " + init + ": " + resolved);
                return;
            }
        }
        if (resolution instanceof Resolution.Gone) {
            gone++;
        } else {
            wrong++;
            System.out.println("member " + member + " of " + init + ": " + resolution);
        }
    }
}
