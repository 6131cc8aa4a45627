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
    void started(Moment when, String command) {
        if (kept < MOST) {
            kept++;
            starts.computeIfAbsent(when.pid, any -> new ArrayList<>()).add(new Start(when, command));
        }
    }

    /** Whom the thread worked for that started it, at a time by the JVM's counter. */
    void startedFor(long pid, long time, Subject subject) {
        for (Start start : starts.getOrDefault(pid, List.of())) {
            if (start.when.time == time) {
                start.subject = subject;
            }
        }
    }

    /** {@code waybill.ProcessObserved} with the origin child. */
    void observed(Moment when, String command, Subject subject) {
        if (sightings.size() < MOST) {
            sightings.add(new Sighting(when, command, subject));
        }
    }

    /** Joins what one JVM has; the next has other processes under the same numbers. */
    void endOfJvm(Function<Subject, Subject> known) {
        for (Sighting sighting : sightings) {
            Start start = takeNearest(sighting);
            joined.add(new Joined(
                    start == null ? sighting.when : start.when,
                    start == null ? sighting.command : start.command,
                    known.apply(sighting.subject),
                    start == null ? Subject.NOBODY : known.apply(start.subject)));
        }
        starts.values()
                .forEach(rest -> rest.forEach(
                        start -> joined.add(new Joined(start.when, start.command, null, known.apply(start.subject)))));
        starts.clear();
        sightings.clear();
        kept = joined.size();
    }

    /** All of them, the oldest first. */
    List<Joined> all() {
        return joined.stream()
                .sorted(Comparator.comparingLong(child -> child.when.nanos()))
                .toList();
    }

    /** Process ids are used again: of several starts, the one next to the sighting is meant. */
    private @Nullable Start takeNearest(Sighting sighting) {
        List<Start> candidates = starts.getOrDefault(sighting.when.pid, List.of());
        Start nearest = candidates.stream()
                .min(Comparator.comparingLong(start -> Math.abs(start.when.time - sighting.when.time)))
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
    record Joined(Moment when, String command, @Nullable Subject livesIn, Subject startedFor) {}

    /**
     * Which process, and when.
     *
     * @param recording number of the file's part that says so
     * @param pid as the JVM saw it
     * @param time nanoseconds by the JVM's counter
     * @param origin where that began, nanoseconds since 1970
     */
    record Moment(int recording, long pid, long time, long origin) {
        /** Since 1970. */
        long nanos() {
            return origin + time;
        }
    }

    private record Sighting(Moment when, String command, Subject subject) {}

    private static final class Start {
        private final Moment when;
        private final String command;
        private Subject subject = Subject.NOBODY;

        Start(Moment when, String command) {
            this.when = when;
            this.command = command;
        }
    }
}
