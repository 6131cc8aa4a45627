// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Runs beside containers that come and go, writes down what the JVM holds, and compares in the end: the last sixth of the
 * time with the second, and the recording with the list of the containers that lived long enough. Arguments: seconds, the
 * list (a line INIT SECONDS for each that ended), the file that ends those who start containers, how many seconds the
 * watch needs at most; and one more if leaks are wanted.
 */
public final class SoakProgram {
    private SoakProgram() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        while (!server.isRegistered(new ObjectName("io.waybill:type=Resolver"))) {
            Thread.sleep(20);
        }
        Leaks leaks = arguments.length > 4 ? new Leaks() : null;
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.parseLong(arguments[0])).toNanos();
        List<Holdings> holdings = new ArrayList<>();
        Path dump = Files.createTempFile("waybill-soak", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("waybill.ContainerStarted");
            recording.enable("waybill.ContainerEnded");
            recording.start();
            Files.createFile(Path.of(arguments[1])); // from now on containers come and go
            while (System.nanoTime() < end) {
                Thread.sleep(2000);
                if (leaks != null) {
                    leaks.drip(server);
                }
                holdings.add(Holdings.now(server));
            }
            Files.createFile(Path.of(arguments[2]));
            Thread.sleep(8000);
            recording.dump(dump);
        }
        boolean flat = Holdings.areFlat(holdings);
        boolean complete = isComplete(dump, Path.of(arguments[1]), Double.parseDouble(arguments[3]));
        Files.delete(dump);
        System.exit(flat && complete ? 0 : 3);
    }

    private static boolean isComplete(Path dump, Path list, double promise) throws IOException {
        Set<Long> started = new HashSet<>();
        Set<Long> ended = new HashSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(dump)) {
            switch (event.getEventType().getName()) {
                case "waybill.ContainerStarted" -> started.add(event.getLong("initPid"));
                case "waybill.ContainerEnded" -> ended.add(event.getLong("initPid"));
                default -> {}
            }
        }
        int promised = 0;
        int missing = 0;
        int others = 0;
        int othersMissing = 0;
        for (String line : Files.readAllLines(list)) {
            String[] words = line.split(" ");
            long init = Long.parseLong(words[0]);
            int missed = started.contains(init) && ended.contains(init) ? 0 : 1;
            if (Double.parseDouble(words[1]) >= promise) {
                promised++;
                missing += missed;
            } else {
                others++;
                othersMissing += missed;
            }
        }
        System.out.printf(
                "containers that lived for %.1f s or more: %d, missing in the recording: %d%n",
                promise, promised, missing);
        System.out.printf("containers that lived for less: %d, missing in the recording: %d%n", others, othersMissing);
        return promised > 0 && missing == 0;
    }
}
