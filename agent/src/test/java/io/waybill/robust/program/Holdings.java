// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * What this JVM holds at a moment.
 *
 * @param heap in kB, after a collection
 * @param nativeMemory in kB, by the JVM's own account
 * @param resident in kB, by the kernel's account; has what a library takes from the C library, too
 * @param beans without those of containers whose init lives, since others on the machine start some too
 */
record Holdings(long descriptors, long threads, long heap, long nativeMemory, long resident, long beans) {
    private static final Pattern COMMITTED = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern RESIDENT = Pattern.compile("RssAnon:\\s+(\\d+) kB");

    static Holdings now(MBeanServer server) throws JMException, IOException {
        System.gc();
        diagnose(server, "systemTrimNativeHeap"); // what a compiler let go of is none of ours
        String memory = diagnose(server, "vmNativeMemory", "summary");
        return new Holdings(
                new File("/proc/self/fd").list().length,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024,
                only(COMMITTED, memory),
                only(RESIDENT, Files.readString(Path.of("/proc/self/status"))),
                server.getMBeanCount() - livingContainers(server));
    }

    private static String diagnose(MBeanServer server, String command, String... arguments) throws JMException {
        Object[] given = arguments.length == 0 ? new Object[0] : new Object[] {arguments};
        String[] types = arguments.length == 0 ? new String[0] : new String[] {String[].class.getName()};
        return (String)
                server.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), command, given, types);
    }

    private static long only(Pattern figure, String text) {
        Matcher found = figure.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + figure + " in " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static long livingContainers(MBeanServer server) throws JMException {
        CompositeData[] rows =
                (CompositeData[]) server.getAttribute(new ObjectName("io.waybill:type=Containers"), "Containers");
        return Stream.of(rows)
                .filter(row -> Files.exists(Path.of("/proc", row.get("initPid").toString())))
                .count();
    }

    /** Whether none of the figures grew, with a line for each. */
    static boolean areFlat(List<Holdings> all) {
        boolean flat = isFlat("descriptors", all, Holdings::descriptors, 20);
        flat &= isFlat("threads", all, Holdings::threads, 2);
        flat &= isFlat("beans", all, Holdings::beans, 20);
        flat &= isFlat("heap in kB", all, Holdings::heap, 3072);
        flat &= isFlat("native memory in kB", all, Holdings::nativeMemory, 8192);
        flat &= isFlat("resident memory in kB", all, Holdings::resident, 8192);
        return flat;
    }

    /** Medians, of the second sixth, when the JVM has warmed up, and of the last. */
    private static boolean isFlat(String what, List<Holdings> all, ToLongFunction<Holdings> figure, long allowed) {
        int sixth = all.size() / 6;
        long before = median(all.subList(sixth, 2 * sixth), figure);
        long after = median(all.subList(5 * sixth, all.size()), figure);
        boolean flat = after <= before + allowed;
        System.out.printf("%s: %d, then %d%s%n", what, before, after, flat ? "" : ": grows");
        return flat;
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
