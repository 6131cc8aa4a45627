// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What of the containers that were there is in a recording.
 *
 * @param promise how many seconds one has to live to be promised
 * @param promised those that lived that long
 * @param others those that did not
 */
record Completeness(
        double promise,
        List<Lived> promised,
        List<Lived> others,
        Set<Long> started,
        Set<Long> ended,
        Diary.Pages diary) {
    private static final int MOST_TOLD = 20;
    /** Of one that is promised, what is more than the period of the looks and one look. */
    private static final long SLACK_MILLIS = 1000;

    /**
     * Compares.
     *
     * @param folder has the recording, the diary, and the list with a line for each container that ended
     */
    static Completeness in(Path folder, double promise) throws IOException {
        Set<Long> started = new HashSet<>();
        Set<Long> ended = new HashSet<>();
        try (RecordingFile events = new RecordingFile(folder.resolve("recording.jfr"))) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case "waybill.ContainerStarted" -> started.add(event.getLong("initPid"));
                    case "waybill.ContainerEnded" -> ended.add(event.getLong("initPid"));
                    default -> {}
                }
            }
        }
        List<Lived> promised = new ArrayList<>();
        List<Lived> others = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("list"))) {
            Lived lived = Lived.parse(line);
            (lived.seconds() >= promise ? promised : others).add(lived);
        }
        return new Completeness(promise, promised, others, started, ended, Diary.read(folder.resolve("diary")));
    }

    /** Tells of it; whether nothing that was promised is missing, but for want of a CPU. */
    boolean print(PrintStream out) {
        List<Lived> missing = missing(promised).toList();
        long unexcused = missing.stream()
                .filter(each -> diary.waited(each.beganMillis(), each.endedMillis()) < SLACK_MILLIS)
                .count();
        out.printf(
                "containers that lived for %.1f s or more: %d, missing in the recording: %d%n",
                promise, promised.size(), missing.size());
        out.printf(
                "of these missing, while the agent's thread waited for a CPU for less than %d ms: %d%n",
                SLACK_MILLIS, unexcused);
        out.printf(
                "containers that lived for less: %d, missing in the recording: %d%n",
                others.size(), missing(others).count());
        missing.stream().limit(MOST_TOLD).forEach(each -> {
            out.printf(
                    "missing: init %d, from %s to %s; its start is %s, its end is %s%n",
                    each.initPid(),
                    Lived.time(each.beganMillis()),
                    Lived.time(each.endedMillis()),
                    started.contains(each.initPid()) ? "there" : "missing",
                    ended.contains(each.initPid()) ? "there" : "missing");
            out.println("    meanwhile: " + diary.between(each.beganMillis(), each.endedMillis()));
        });
        return !promised.isEmpty() && unexcused == 0;
    }

    private Stream<Lived> missing(List<Lived> some) {
        return some.stream().filter(each -> !started.contains(each.initPid()) || !ended.contains(each.initPid()));
    }
}
