// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Runs beside containers that come and go, writes down what the JVM holds, and compares in the end: the last third of the
 * time with the first, and the recording with the list of the containers that lived long enough. Arguments: seconds, the
 * list (a line INIT SECONDS for each that ended), the file that ends those who start containers, how many seconds the
 * watch needs at most.
 */
public final class SoakProgram {
    private static final Pattern COMMITTED = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");

    private SoakProgram() {}

    /** What the JVM holds. */
    private record Holdings(long descriptors, long threads, long heap, long nativeMemory, long beans) {
        static Holdings now(MBeanServer server) throws Exception {
            System.gc();
            String memory = (String) server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "vmNativeMemory",
                    new Object[] {new String[] {"summary"}},
                    new String[] {String[].class.getName()});
            Matcher total = COMMITTED.matcher(memory);
            return new Holdings(
                    new File("/proc/self/fd").list().length,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024,
                    total.find() ? Long.parseLong(total.group(1)) : -1,
                    server.getMBeanCount());
        }
    }

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        while (!server.isRegistered(new ObjectName("io.waybill:type=Resolver"))) {
            Thread.sleep(20);
        }
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
                holdings.add(Holdings.now(server));
            }
            Files.createFile(Path.of(arguments[2]));
            Thread.sleep(8000);
            recording.dump(dump);
        }
        boolean flat = isFlat(holdings);
        boolean complete = isComplete(dump, Path.of(arguments[1]), Double.parseDouble(arguments[3]));
        Files.delete(dump);
        System.exit(flat && complete ? 0 : 3);
    }

    private static boolean isComplete(Path dump, Path list, double promise) throws Exception {
        Set<Long> started = new HashSet<>();
        Set<Long> ended = new HashSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(dump)) {
            switch (event.getEventType().getName()) {
                case "waybill.ContainerStarted" -> started.add(event.getLong("initPid"));
                case "waybill.ContainerEnded" -> ended.add(event.getLong("initPid"));
                default -> {}
            }
        }
        int all = 0;
        int promised = 0;
        int missing = 0;
        for (String line : Files.readAllLines(list)) {
            String[] words = line.split(" ");
            long init = Long.parseLong(words[0]);
            boolean recorded = started.contains(init) && ended.contains(init);
            boolean lives = Double.parseDouble(words[1]) >= promise;
            all++;
            promised += lives ? 1 : 0;
            missing += lives && !recorded ? 1 : 0;
        }
        System.out.printf(
                "containers: %d ended, %d of them had lived for %.1f s or more, missing in the recording: %d%n",
                all, promised, promise, missing);
        return promised > 0 && missing == 0;
    }

    private static boolean isFlat(List<Holdings> all) {
        boolean flat = isFlat("descriptors", all, Holdings::descriptors, 20);
        flat &= isFlat("threads", all, Holdings::threads, 2);
        flat &= isFlat("beans", all, Holdings::beans, 20);
        flat &= isFlat("heap in kB", all, Holdings::heap, 3072);
        flat &= isFlat("native memory in kB", all, Holdings::nativeMemory, 8192);
        return flat;
    }

    /** Medians, of the second sixth, when the JVM has warmed up, and of the last. */
    private static boolean isFlat(String what, List<Holdings> all, ToLongFunction<Holdings> figure, long allowed) {
        int sixth = all.size() / 6;
        long before = median(all.subList(sixth, 2 * sixth), figure);
        long after = median(all.subList(5 * sixth, all.size()), figure);
        System.out.printf("%s: %d, then %d%n", what, before, after);
        return after <= before + allowed;
    }

    private static long median(List<Holdings> some, ToLongFunction<Holdings> figure) {
        return some.stream()
                .mapToLong(figure)
                .sorted()
                .skip(some.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
