// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.consumer.RecordingStream;

/** What the agent observes in this JVM, as a stream of its flight recorder tells it. */
final class Sightings implements AutoCloseable {
    private final RecordingStream stream = new RecordingStream();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** Begins; from when this returns, nothing is missed: the hooks are in place before anything is told. */
    static Sightings begin(String origin) throws InterruptedException {
        Sightings sightings = new Sightings();
        sightings.stream.onEvent("waybill.ProcessObserved", event -> {
            if (event.getString("origin").equals(origin)) {
                sightings.seen.add(event.getLong("pid") + " " + event.getString("containerId"));
            } else if (event.getString("origin").equals("self")) {
                sightings.seen.add("self");
            }
        });
        sightings.stream.startAsync();
        while (!sightings.seen.contains("self")) {
            Thread.sleep(10);
        }
        sightings.seen.remove("self");
        return sightings;
    }

    /** Whether a process was observed. */
    boolean have(long pid) {
        return seen.stream().anyMatch(each -> each.startsWith(pid + " "));
    }

    /** Waits for a process to be observed, and prints what was observed of it. */
    void printOf(long pid) throws InterruptedException {
        while (!have(pid)) {
            Thread.sleep(10);
        }
        seen.stream()
                .filter(each -> each.startsWith(pid + " "))
                .forEach(each -> System.out.println("observed " + each));
    }

    /** Waits for this many, and prints them all. */
    void print(int count) throws InterruptedException {
        while (seen.size() < count) {
            Thread.sleep(10);
        }
        seen.forEach(each -> System.out.println("observed " + each));
    }

    @Override
    public void close() {
        stream.close();
    }
}
