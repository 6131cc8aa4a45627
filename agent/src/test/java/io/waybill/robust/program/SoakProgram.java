// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * Runs beside containers that come and go, writes down what the JVM holds, and compares in the end: the last sixth of the
 * time with the second, and the recording with the list of the containers that lived long enough. Arguments: seconds; the
 * folder where {@code list} has a line for each that ended, where {@code over} ends those who start them, and where the
 * recording and the diary are left; how many seconds the watch needs at most; and one more if leaks are wanted.
 */
public final class SoakProgram {
    private SoakProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        while (!server.isRegistered(new ObjectName("io.waybill:type=Resolver"))) {
            Thread.sleep(20);
        }
        Path folder = Path.of(arguments[1]);
        Leaks leaks = arguments.length > 3 ? new Leaks() : null;
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
        List<Holdings> holdings = new ArrayList<>();
        Diary diary = Diary.begin(folder.resolve("diary"), server);
        try (Recording recording = new Recording()) {
            recording.enable("waybill.ContainerStarted");
            recording.enable("waybill.ContainerEnded");
            recording.start();
            try {
                awaitEvents();
                Files.createFile(folder.resolve("list")); // from now on containers come and go
                while (System.nanoTime() < end) {
                    Thread.sleep(2000);
                    if (leaks != null) {
                        leaks.drip(server);
                    }
                    holdings.add(Holdings.now(server));
                }
                Files.createFile(folder.resolve("over"));
                Thread.sleep(8000);
            } finally {
                diary.end();
                recording.dump(folder.resolve("recording.jfr"));
            }
        }
        boolean flat = Holdings.areFlat(holdings);
        boolean complete =
                Completeness.in(folder, Double.parseDouble(arguments[2])).print(System.out);
        System.exit(flat && complete ? 0 : 3);
    }

    /** The agent registers its events, the last of these at last, some time after a recording began. */
    private static void awaitEvents() throws InterruptedException {
        while (FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .noneMatch(type -> type.getName().equals("waybill.ResolverStatistics"))) {
            Thread.sleep(20);
        }
    }
}
