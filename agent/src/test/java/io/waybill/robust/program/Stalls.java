// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.robust.program.Heartbeat.Beat;
import io.waybill.robust.program.StallProgram.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What held up the application's thread, without the times in which the JVM had stopped all threads and in which this one
 * waited for a CPU.
 *
 * @param beats what took long
 */
record Stalls(List<Beat> beats, Safepoints safepoints) {
    private static final long TEN_MILLIS = 10_000_000;
    /** What is the agent's code and nobody else's. */
    private static final Set<String> AGENTS =
            Set.of("hook of a child", "hook of a connection", "scope", "scope of a new process");

    /** Prints a line for each kind of turn; whether the agent's own code took more than ten milliseconds once. */
    static boolean print(String fault, List<Turn> turns, Safepoints safepoints) {
        boolean held = false;
        for (String kind : List.of("without", "with", "starting", "stopping")) {
            List<Turn> those =
                    turns.stream().filter(turn -> turn.kind().equals(kind)).toList();
            List<Beat> slow =
                    those.stream().flatMap(turn -> turn.slow().stream()).toList();
            Stalls all = new Stalls(slow, safepoints);
            Stalls agents = new Stalls(
                    slow.stream().filter(beat -> AGENTS.contains(beat.what())).toList(), safepoints);
            System.out.printf(
                    "%-12s %-9s %8d beats, %s; the agent's own code: %s; longest safepoint %6.1f ms; stolen %d ms%n",
                    fault,
                    kind,
                    those.stream().mapToLong(Turn::count).sum(),
                    all.text(),
                    agents.text(),
                    those.stream()
                                    .mapToLong(turn -> safepoints.longestIn(turn.begin(), turn.end()))
                                    .max()
                                    .orElse(0)
                            / 1e6,
                    those.stream().mapToLong(Turn::stolenMillis).sum());
            held |= agents.over() > 0;
        }
        return held;
    }

    private String text() {
        Beat longest = beats.stream().max(Comparator.comparingLong(this::own)).orElse(new Beat("-", 0, 0, 0));
        return String.format("longest %6.1f ms (%s), over 10 ms: %d", own(longest) / 1e6, longest.what(), over());
    }

    private long over() {
        return beats.stream().filter(beat -> own(beat) > TEN_MILLIS).count();
    }

    private long own(Beat beat) {
        long stopped = safepoints.nanosIn(beat.begin(), beat.end());
        return Math.max(0, beat.end() - beat.begin() - stopped - beat.waited());
    }
}
