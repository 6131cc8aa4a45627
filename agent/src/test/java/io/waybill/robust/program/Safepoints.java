// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When the JVM stopped all threads, for a collection or something else.
 *
 * <pre>
 * [8123456789ns] Safepoint "G1CollectForAllocation", Time since last: 1 ns, Reaching safepoint: 2 ns, …, Total: 97 ns
 *      (1)                                                                                                     (2)
 * (1) -Xlog:safepoint:file=FILE:timenanos, the clock of System.nanoTime at its end; (2) how long it took
 * </pre>
 */
record Safepoints(List<Pause> pauses) {
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns\\].* Total: +(\\d+) ns.*");

    record Pause(long begin, long end) {}

    static Safepoints read(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return new Safepoints(lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new Pause(
                            Long.parseLong(line.group(1)) - Long.parseLong(line.group(2)),
                            Long.parseLong(line.group(1))))
                    .toList());
        }
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
