// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import com.sun.tools.attach.VirtualMachine;
import io.waybill.api.ProcessContainers;
import io.waybill.robust.program.Heartbeat.Beat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;

/**
 * How long an application's own thread is held up, by turns with the agent and without it in the same JVM, while something
 * is wrong all the time. Arguments: the agent's jar, the log of safepoints, the pid of a container's init, seconds of a
 * turn, how many turns, and what is wrong: quiet, descriptors, threads, heap, or what the caller makes wrong. Ends with 3 if
 * the agent's own code held the thread up for ten milliseconds, where code as new of the application's never did.
 */
public final class StallProgram {
    private static final String OPTIONS = "period=100ms,runtime.api=on";

    private final Path jar;
    private final long pid;
    private final long nanos;
    private final String fault;
    private final RunDelay delay;
    private final Stolen stolen;

    private StallProgram(Path jar, long pid, long nanos, String fault, RunDelay delay, Stolen stolen) {
        this.jar = jar;
        this.pid = pid;
        this.nanos = nanos;
        this.fault = fault;
        this.delay = delay;
        this.stolen = stolen;
    }

    /**
     * A stretch of time in which the application's thread beat.
     *
     * @param stolenMillis how long CPUs were another machine's meanwhile
     */
    record Turn(String kind, long begin, long end, long count, List<Beat> slow, long stolenMillis) {}

    public static void main(String[] arguments) throws Exception {
        List<Turn> turns;
        long begin;
        try (RunDelay delay = RunDelay.ofThisThread();
                Stolen stolen = Stolen.fromThisMachine();
                Recording recording = new Recording()) {
            // all events of the agent are written by default
            recording.start();
            begin = System.nanoTime();
            StallProgram program = new StallProgram(
                    Path.of(arguments[0]),
                    Long.parseLong(arguments[2]),
                    TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[3])),
                    arguments[5],
                    delay,
                    stolen);
            turns = program.run(Integer.parseInt(arguments[4]));
        }
        boolean held = Stalls.print(
                arguments[5], turns, Safepoints.read(Path.of(arguments[1])).from(begin));
        System.exit(held ? 3 : 0);
    }

    private List<Turn> run(int count) throws Exception {
        List<Turn> turns = new ArrayList<>();
        Faults faults = new Faults();
        turn("warm-up", nanos);
        load(OPTIONS);
        turn("warm-up", nanos);
        load("stop");
        for (int i = 0; i < count; i++) {
            faults.begin(fault);
            turns.add(turn("without", nanos));
            faults.end();
            turns.add(during("starting", OPTIONS));
            faults.begin(fault);
            turns.add(turn("with", nanos));
            faults.end();
            turns.add(during("stopping", "stop"));
        }
        return turns;
    }

    private Turn turn(String kind, long length) throws Exception {
        boolean files = !fault.equals("descriptors") && !fault.equals("threads");
        Path folder = Files.createTempDirectory("waybill-stall");
        Heartbeat heartbeat = new Heartbeat(pid, files, folder.resolve("socket"), delay);
        if (kind.equals("with")) {
            TimedHooks.place(heartbeat::hook);
        }
        long stolenBefore = stolen.millis();
        long begin = System.nanoTime();
        heartbeat.until(begin + length);
        Files.delete(folder.resolve("socket"));
        Files.delete(folder);
        return new Turn(
                kind, begin, System.nanoTime(), heartbeat.count(), heartbeat.slow(), stolen.millis() - stolenBefore);
    }

    /** A turn for as long as it takes another thread to start or stop the agent. */
    private Turn during(String kind, String options) throws Exception {
        Thread other = new Thread(() -> {
            try {
                load(options);
            } catch (Exception e) {
                e.printStackTrace();
            }
        });
        other.start();
        List<Turn> turns = new ArrayList<>();
        while (other.isAlive()) {
            turns.add(turn(kind, TimeUnit.MILLISECONDS.toNanos(100)));
        }
        return new Turn(
                kind,
                turns.get(0).begin(),
                turns.get(turns.size() - 1).end(),
                turns.stream().mapToLong(Turn::count).sum(),
                turns.stream().flatMap(turn -> turn.slow().stream()).toList(),
                turns.stream().mapToLong(Turn::stolenMillis).sum());
    }

    private void load(String options) throws Exception {
        boolean on = !options.equals("stop");
        VirtualMachine machine =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        machine.loadAgent(jar.toString(), options);
        machine.detach();
        while (ProcessContainers.isConnected() != on || TimedHooks.areThere() != on) {
            Thread.sleep(1);
        }
    }
}
