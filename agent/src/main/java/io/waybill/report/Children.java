// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The children that JVMs started: what the JDK recorded of their start, joined with what Waybill saw of them. Bounded. */
final class Children {
    private static final int MOST = 20_000;

    private final Map<Long, List<Start>> starts = new HashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Joined> joined = new ArrayList<>();
    private int kept;

    /** {@code jdk.ProcessStart}. */
    void started(long pid, long time, String command) {
        if (kept < MOST) {
            kept++;
            starts.computeIfAbsent(pid, any -> new ArrayList<>()).add(new Start(time, command));
        }
    }

    /** Whom the thread worked for that started it. */
    void startedFor(long pid, long time, Subject subject) {
        for (Start start : starts.getOrDefault(pid, List.of())) {
            if (start.time == time) {
                start.subject = subject;
            }
        }
    }

    /** {@code waybill.ProcessObserved} with the origin child. */
    void observed(long pid, long time, String command, Subject subject) {
        if (sightings.size() < MOST) {
            sightings.add(new Sighting(pid, time, command, subject));
        }
    }

    /** Joins what one recording has; the next has other processes under the same numbers. */
    void endOf(int recording, Function<Subject, Subject> known) {
        for (Sighting sighting : sightings) {
            Start start = takeNearest(sighting);
            joined.add(new Joined(
                    recording,
                    sighting.pid,
                    start == null ? sighting.time : start.time,
                    start == null ? sighting.command : start.command,
                    known.apply(sighting.subject),
                    start == null ? Subject.NOBODY : known.apply(start.subject)));
        }
        starts.forEach((pid, rest) -> rest.forEach(start ->
                joined.add(new Joined(recording, pid, start.time, start.command, null, known.apply(start.subject)))));
        starts.clear();
        sightings.clear();
        kept = joined.size();
    }

    /** All of them, the oldest first. */
    List<Joined> all() {
        return joined.stream().sorted(Comparator.comparingLong(Joined::time)).toList();
    }

    /** Process ids are used again: of several starts, the one next to the sighting is meant. */
    private @Nullable Start takeNearest(Sighting sighting) {
        List<Start> candidates = starts.getOrDefault(sighting.pid, List.of());
        Start nearest = candidates.stream()
                .min(Comparator.comparingLong(start -> Math.abs(start.time - sighting.time)))
                .orElse(null);
        if (nearest != null) {
            candidates.remove(nearest);
        }
        return nearest;
    }

    /**
     * A child.
     *
     * @param livesIn null if Waybill did not see it
     */
    record Joined(
            int recording,
            long pid,
            long time,
            String command,
            @Nullable Subject livesIn,
            Subject startedFor) {}

    private record Sighting(long pid, long time, String command, Subject subject) {}

    private static final class Start {
        private final long time;
        private final String command;
        private Subject subject = Subject.NOBODY;

        Start(long time, String command) {
            this.time = time;
            this.command = command;
        }
    }
}
