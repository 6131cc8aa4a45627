// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the agent did when: its figures ten times a second, in a file and not in this JVM's heap, which is looked at. A
 * thread that is late itself shows that the JVM had no CPU, or stood still.
 */
final class Diary {
    private static final String[] FIGURES = {"Looks", "Lost", "PutOff", "Dropped"};
    private static final long EVERY_MILLIS = 100;

    private final BufferedWriter writer;
    private final MBeanServer server;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::write, "diary");

    private Diary(Path file, MBeanServer server) throws IOException {
        this.writer = Files.newBufferedWriter(file);
        this.server = server;
    }

    /** Begins to write, in a thread of its own. */
    static Diary begin(Path file, MBeanServer server) throws IOException {
        Diary diary = new Diary(file, server);
        diary.thread.start();
        return diary;
    }

    /** Reads what was written. */
    static Pages read(Path file) throws IOException {
        List<long[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray());
        }
        return new Pages(lines);
    }

    /** Ends it, to be read. */
    void end() throws InterruptedException, IOException {
        over.countDown();
        thread.join();
        writer.close();
    }

    private void write() {
        try {
            ObjectName resolver = new ObjectName("io.waybill:type=Resolver");
            long before = System.nanoTime();
            while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                StringBuilder line = new StringBuilder()
                        .append(System.currentTimeMillis())
                        .append(' ')
                        .append(Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - before) - EVERY_MILLIS));
                for (String figure : FIGURES) {
                    line.append(' ').append(server.getAttribute(resolver, figure));
                }
                line.append(' ').append(TimeUnit.NANOSECONDS.toMillis(ThreadTimes.agentWaited()));
                writer.append(line.append('\n'));
                before = now;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What was written.
     *
     * @param lines milliseconds since 1970, how many of them late, the figures, and how many milliseconds the agent's thread
     *     had waited for a CPU
     */
    record Pages(List<long[]> lines) {
        /** What the agent did in a time. */
        String between(long beganMillis, long endedMillis) {
            List<long[]> some = written(beganMillis, endedMillis);
            if (some.isEmpty()) {
                return "the diary has nothing";
            }
            long[] first = some.get(0);
            long[] last = some.get(some.size() - 1);
            return String.format(
                    "%d looks, at most %d ms apart; %d times the kernel had dropped events; %d times something was put off;"
                            + " %d things dropped; the agent's thread waited for a CPU for %d ms; the diary itself was"
                            + " late by %d ms at most",
                    last[2] - first[2],
                    longestWithoutLook(some, beganMillis, endedMillis),
                    last[3] - first[3],
                    last[4] - first[4],
                    last[5] - first[5],
                    last[6] - first[6],
                    some.stream().mapToLong(line -> line[1]).max().orElse(0));
        }

        /** How many milliseconds of a time the agent's thread waited for a CPU. */
        long waited(long beganMillis, long endedMillis) {
            List<long[]> some = written(beganMillis, endedMillis);
            return some.isEmpty() ? 0 : some.get(some.size() - 1)[6] - some.get(0)[6];
        }

        private List<long[]> written(long beganMillis, long endedMillis) {
            return lines.stream()
                    .filter(line ->
                            line[0] >= beganMillis - EVERY_MILLIS && line[0] - line[1] <= endedMillis + EVERY_MILLIS)
                    .toList();
        }

        private static long longestWithoutLook(List<long[]> some, long beganMillis, long endedMillis) {
            long longest = 0;
            long lookMillis = beganMillis;
            long looks = some.get(0)[2];
            for (long[] line : some) {
                if (line[2] != looks) {
                    longest = Math.max(longest, line[0] - lookMillis);
                    lookMillis = line[0];
                    looks = line[2];
                }
            }
            return Math.max(longest, endedMillis - lookMillis);
        }
    }
}
