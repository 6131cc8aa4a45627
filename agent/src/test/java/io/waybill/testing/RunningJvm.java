// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child JVM that runs; closing it ends it. */
public final class RunningJvm implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    RunningJvm(Process process, Path folder) {
        this.process = process;
        this.out = folder.resolve("out");
        this.err = folder.resolve("err");
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for the one child of what was started, such as the JVM below {@code unshare}, to run Java. */
    public long awaitOnlyChild() throws IOException, InterruptedException {
        Path children = Path.of("/proc/" + pid() + "/task/" + pid() + "/children");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            String child = Files.readString(children).strip();
            if (!child.isEmpty()
                    && Files.readString(Path.of("/proc/" + child + "/comm")).startsWith("java")) {
                return Long.parseLong(child);
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("no child; " + outcome(-1));
    }

    /** Waits for a line of its standard output that contains this text, and gives it back. */
    public String awaitLine(String text) throws IOException, InterruptedException {
        return awaitLines(text, 1).get(0);
    }

    /** Waits for so many lines that contain this text, and gives them back. */
    public List<String> awaitLines(String text, int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            boolean ended = !process.isAlive();
            List<String> found = Files.readAllLines(out).stream()
                    .filter(line -> line.contains(text))
                    .toList();
            if (found.size() >= count) {
                return found;
            }
            if (ended) {
                break;
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("not " + count + " lines with \"" + text + "\"; " + outcome(-1));
    }

    /** Waits for its end. */
    public Outcome join() throws IOException, InterruptedException {
        return join(SECONDS);
    }

    /** Waits for its end, for so long at most. */
    public Outcome join(int seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("still running after " + seconds + " s; " + outcome(-1));
        }
        return outcome(process.exitValue());
    }

    /** Asks it to end. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Outcome outcome(int exitCode) throws IOException {
        return new Outcome(exitCode, List.copyOf(Files.readAllLines(out)), List.copyOf(Files.readAllLines(err)));
    }
}
