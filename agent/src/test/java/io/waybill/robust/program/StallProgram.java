// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import com.sun.tools.attach.VirtualMachine;
import io.waybill.api.ProcessContainers;
import io.waybill.robust.program.Heartbeat.Beat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;

/**
 * How long an application's own thread is held up, by turns with the agent and without it in the same JVM, while something
 * is wrong all the time. Arguments: the agent's jar, the log of safepoints, the pid of a container's init, seconds of a
 * turn, how many turns, and what is wrong: quiet, descriptors, threads, heap, or what the caller makes wrong.
 */
public final class StallProgram {
    private static final long TEN_MILLIS = 10_000_000;

    private StallProgram() {}

    /** A stretch of time in which the application's thread beat. */
    private record Turn(String kind, long begin, long end, long count, List<Beat> slow) {}

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        long pid = Long.parseLong(arguments[2]);
        long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[3]));
        String fault = arguments[5];
        List<Turn> turns = new ArrayList<>();
        try (Recording recording = new Recording()) {
            recording.enable("waybill.ContainerScope");
            recording.start();
            Faults faults = new Faults();
            turn("warm-up", nanos, pid, "quiet");
            load(jar, "period=100ms,runtime.api=on");
            turn("warm-up", nanos, pid, "quiet");
            load(jar, "stop");
            for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
                faults.begin(fault);
                turns.add(turn("without", nanos, pid, fault));
                faults.end();
                turns.add(during("starting", pid, fault, () -> load(jar, "period=100ms,runtime.api=on")));
                faults.begin(fault);
                turns.add(turn("with", nanos, pid, fault));
                faults.end();
                turns.add(during("stopping", pid, fault, () -> load(jar, "stop")));
            }
        }
        print(fault, turns, Safepoints.read(Path.of(arguments[1])));
        System.exit(0);
    }

    private static Turn turn(String kind, long nanos, long pid, String fault) throws IOException, InterruptedException {
        boolean files = !fault.equals("descriptors") && !fault.equals("threads");
        Path folder = Files.createTempDirectory("waybill-stall");
        Heartbeat heartbeat = new Heartbeat(pid, files, folder.resolve("socket"));
        long begin = System.nanoTime();
        heartbeat.until(begin + nanos);
        Files.delete(folder.resolve("socket"));
        Files.delete(folder);
        return new Turn(kind, begin, System.nanoTime(), heartbeat.count(), heartbeat.slow());
    }

    /** A turn for as long as something takes that another thread does. */
    private static Turn during(String kind, long pid, String fault, ThrowingRunnable action) throws Exception {
        Thread other = new Thread(() -> {
            try {
                action.run();
            } catch (Exception e) {
                e.printStackTrace();
            }
        });
        other.start();
        List<Turn> turns = new ArrayList<>();
        while (other.isAlive()) {
            turns.add(turn(kind, TimeUnit.MILLISECONDS.toNanos(100), pid, fault));
        }
        return new Turn(
                kind,
                turns.get(0).begin(),
                turns.get(turns.size() - 1).end(),
                turns.stream().mapToLong(Turn::count).sum(),
                turns.stream().flatMap(turn -> turn.slow().stream()).toList());
    }

    private static void load(Path jar, String options) throws Exception {
        boolean on = !options.equals("stop");
        VirtualMachine machine =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        machine.loadAgent(jar.toString(), options);
        machine.detach();
        while (ProcessContainers.isConnected() != on) {
            Thread.sleep(1);
        }
    }

    private static void print(String fault, List<Turn> turns, Safepoints safepoints) {
        for (String kind : List.of("without", "with", "starting", "stopping")) {
            List<Turn> those =
                    turns.stream().filter(turn -> turn.kind().equals(kind)).toList();
            List<Beat> slow =
                    those.stream().flatMap(turn -> turn.slow().stream()).toList();
            Beat longest = slow.stream()
                    .max(Comparator.comparingLong(beat -> own(beat, safepoints)))
                    .orElse(new Beat("-", 0, 0));
            System.out.printf(
                    "%-12s %-9s %8d beats, longest %6.1f ms (%s), over 10 ms: %d; with safepoints %6.1f ms,"
                            + " over 10 ms: %d; longest safepoint %6.1f ms%n",
                    fault,
                    kind,
                    those.stream().mapToLong(Turn::count).sum(),
                    own(longest, safepoints) / 1e6,
                    longest.what(),
                    slow.stream()
                            .filter(beat -> own(beat, safepoints) > TEN_MILLIS)
                            .count(),
                    slow.stream()
                                    .mapToLong(beat -> beat.end() - beat.begin())
                                    .max()
                                    .orElse(0)
                            / 1e6,
                    slow.stream()
                            .filter(beat -> beat.end() - beat.begin() > TEN_MILLIS)
                            .count(),
                    those.stream()
                                    .mapToLong(turn -> safepoints.longestIn(turn.begin(), turn.end()))
                                    .max()
                                    .orElse(0)
                            / 1e6);
        }
    }

    /** Without the time in which all threads were stopped. */
    private static long own(Beat beat, Safepoints safepoints) {
        return beat.end() - beat.begin() - safepoints.nanosIn(beat.begin(), beat.end());
    }

    /** Something that may throw. */
    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws Exception;
    }
}
