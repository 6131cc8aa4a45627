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

    /**
     * Prints a line for each kind of turn, and one for redefined classes.
     *
     * @return whether the agent's own code, or its redefinition of classes after it first came, took more than ten milliseconds
     *     once, and the application's code, which is as new to the JVM, never did
     */
    static boolean print(String fault, List<Turn> turns, Safepoints safepoints) {
        long agentsOver = 0;
        long ownOver = 0;
        for (String kind : List.of("without", "with", "starting", "stopping")) {
            List<Turn> those =
                    turns.stream().filter(turn -> turn.kind().equals(kind)).toList();
            List<Beat> slow =
                    those.stream().flatMap(turn -> turn.slow().stream()).toList();
            Stalls all = new Stalls(slow, safepoints);
            Stalls agents = all.of(AGENTS);
            Stalls own = all.of(Set.of(Heartbeat.NEW_CODE));
            System.out.printf(
                    "%-12s %-9s %8d beats, %s; the agent's own code: %s; the application's new code: %s; longest safepoint %6.1f ms; stolen %d ms%n",
                    fault,
                    kind,
                    those.stream().mapToLong(Turn::count).sum(),
                    all.text(),
                    agents.text(),
                    own.text(),
                    those.stream()
                                    .mapToLong(turn -> safepoints.longestIn(turn.begin(), turn.end()))
                                    .max()
                                    .orElse(0)
                            / 1e6,
                    those.stream().mapToLong(Turn::stolenMillis).sum());
            agentsOver += agents.over();
            ownOver += own.over();
        }
        agentsOver += redefinedTooLong(fault, safepoints, turns.get(0).begin());
        if (agentsOver > 0 && ownOver > 0) {
            System.out.println(fault + ": cannot be judged, the JVM holds up the application's own new code as well");
        }
        return agentsOver > 0 && ownOver == 0;
    }

    /** Prints how long all threads stopped for redefined classes; how often it was too long since the first start was over. */
    private static long redefinedTooLong(String fault, Safepoints safepoints, long started) {
        Safepoints since = safepoints.from(started);
        System.out.printf(
                "%-12s all threads stopped %d times for classes to be redefined, %.1f ms at most; %d of them since the first start%n",
                fault,
                safepoints.redefinitions().size(),
                safepoints.longestRedefinition() / 1e6,
                since.redefinitions().size());
        return since.longestRedefinition() > TEN_MILLIS ? 1 : 0;
    }

    private Stalls of(Set<String> what) {
        return new Stalls(
                beats.stream().filter(beat -> what.contains(beat.what())).toList(), safepoints);
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
