// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the JVM stopped all threads, for a collection or something else; and when for classes to be redefined, which the agent
 * has it do, and the flight recorder of JDK 17 when the first recording starts.
 *
 * <pre>
 * [8123456789ns] Safepoint "G1CollectForAllocation", Time since last: 1 ns, Reaching safepoint: 2 ns, …, Total: 97 ns
 *      (1)                                                                                                     (2)
 * (1) -Xlog:safepoint:file=FILE:timenanos, the clock of System.nanoTime at its end; (2) how long it took
 * </pre>
 */
record Safepoints(List<Pause> pauses, List<Pause> redefinitions) {
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns\\].* Total: +(\\d+) ns.*");
    private static final String REDEFINITION = "Safepoint \"RedefineClasses\"";

    record Pause(long begin, long end) {}

    static Safepoints read(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return new Safepoints(
                pauses(lines, line -> !line.contains(REDEFINITION)),
                pauses(lines, line -> line.contains(REDEFINITION)));
    }

    private static List<Pause> pauses(List<String> lines, Predicate<String> wanted) {
        return lines.stream()
                .filter(wanted)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Pause(
                        Long.parseLong(line.group(1)) - Long.parseLong(line.group(2)), Long.parseLong(line.group(1))))
                .toList();
    }

    /** Those from that time on. */
    Safepoints from(long begin) {
        return new Safepoints(
                pauses.stream().filter(pause -> pause.begin() >= begin).toList(),
                redefinitions.stream().filter(pause -> pause.begin() >= begin).toList());
    }

    /** How long the longest redefinition took. */
    long longestRedefinition() {
        return redefinitions.stream()
                .mapToLong(pause -> pause.end() - pause.begin())
                .max()
                .orElse(0);
    }

    /** How much of that time all threads were stopped. */
    long nanosIn(long begin, long end) {
        return pauses.stream()
                .mapToLong(pause -> Math.max(0, Math.min(end, pause.end()) - Math.max(begin, pause.begin())))
                .sum();
    }

    /** The longest of them in that time. */
    long longestIn(long begin, long end) {
        return pauses.stream()
                .filter(pause -> pause.end() > begin && pause.begin() < end)
                .mapToLong(pause -> pause.end() - pause.begin())
                .max()
                .orElse(0);
    }
}
