// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A child JVM that runs; closing it ends it. */
public final class RunningJvm implements AutoCloseable {
    /** Patience with a busy machine; nothing is shown by how long it is. */
    private static final int SECONDS = 120;

    /** Of SIGQUIT, by which a JVM is asked to let itself be attached to. */
    private static final long QUIT = 1L << 2;

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

    /** Waits for the one child of what was started, such as the JVM below {@code unshare}, to be attachable. */
    public long awaitOnlyChild() throws IOException, InterruptedException {
        Path children = Path.of("/proc/" + pid() + "/task/" + pid() + "/children");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            String child = Files.readString(children).strip();
            if (!child.isEmpty() && isAttachable(Long.parseLong(child))) {
                return Long.parseLong(child);
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("no child; " + outcomeSoFar());
    }

    /** Waits until it can be attached to: before, the signal that asks for it would end it. */
    public void awaitAttachable() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (isAttachable(pid())) {
                return;
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("not attachable; " + outcomeSoFar());
    }

    /** Attaches to it, and has it load an agent; what its options tell it is done by then. */
    public void loadAgent(Path jar, String options) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
        try {
            machine.loadAgent(jar.toString(), options);
        } finally {
            machine.detach();
        }
    }

    /** Connects to its platform's MBean server, without an option on its command line. */
    public JMXConnector connect() throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    /**
     * Whether a process is a JVM that catches the signal.
     *
     * <pre>
     * SigCgt:	2000000181005ccf
     *           (1)
     * (1) the signals that are caught, the first in the lowest bit
     * </pre>
     */
    private static boolean isAttachable(long pid) throws IOException {
        if (!Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("java")) {
            return false;
        }
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigCgt:".length()).strip(), 16))
                .anyMatch(caught -> (caught & QUIT) != 0);
    }

    /** Waits for a line of its standard output that contains this text, and gives it back. */
    public String awaitLine(String text) throws IOException, InterruptedException {
        return awaitLines(text, 1).get(0);
    }

    /** Waits for so many lines of its standard output that contain this text, and gives them back. */
    public List<String> awaitLines(String text, int count) throws IOException, InterruptedException {
        return awaitLines(out, text, count);
    }

    /** The same of its standard error. */
    public List<String> awaitErrors(String text, int count) throws IOException, InterruptedException {
        return awaitLines(err, text, count);
    }

    private List<String> awaitLines(Path file, String text, int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            boolean ended = !process.isAlive();
            String all = Files.readString(file);
            // of a line that is not whole yet there may be more to come
            List<String> found = all.substring(0, ended ? all.length() : all.lastIndexOf('\n') + 1)
                    .lines()
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
        throw new AssertionError("not " + count + " lines with \"" + text + "\"; " + outcomeSoFar());
    }

    /** Waits for its end. */
    public Outcome join() throws IOException, InterruptedException {
        return join(SECONDS);
    }

    /** Waits for its end, for so long at most. */
    public Outcome join(int seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("still running after " + seconds + " s; " + outcomeSoFar());
        }
        return outcome(process.exitValue());
    }

    /** Asks it to end. */
    public void terminate() {
        process.destroy();
    }

    /** Kills it, and waits until it writes no more into the folders of a test. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With -1 for an exit code where it still runs. */
    private Outcome outcomeSoFar() throws IOException {
        return outcome(process.isAlive() ? -1 : process.exitValue());
    }

    private Outcome outcome(int exitCode) throws IOException {
        return new Outcome(exitCode, List.copyOf(Files.readAllLines(out)), List.copyOf(Files.readAllLines(err)));
    }
}
