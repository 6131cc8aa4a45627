// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import io.waybill.api.ContainerScope;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Does again and again what an application does where the agent listens: opens a scope, accepts a connection, starts a
 * child; and between them rests for a millisecond. What took long is kept.
 */
final class Heartbeat {
    static final String NEW_CODE = "new code of its own";

    private static final long OWN_PID = ProcessHandle.current().pid();
    private static final long LONG_NANOS = 500_000;
    private static final long REST_NANOS = 1_000_000;

    private final long pid;
    private final boolean opensFiles;
    private final Path socket;
    private final RunDelay delay;
    private final ToLongFunction<Long> newcomer;
    private final List<Beat> slow = new ArrayList<>();
    private long count;

    /**
     * Makes one.
     *
     * @param pid on whose behalf it opens scopes
     * @param opensFiles whether there are descriptors for connections and children
     * @param socket where it listens
     * @param delay of the thread that beats
     */
    Heartbeat(long pid, boolean opensFiles, Path socket, RunDelay delay)
            throws IOException, ReflectiveOperationException {
        this.pid = pid;
        this.opensFiles = opensFiles;
        this.socket = socket;
        this.delay = delay;
        this.newcomer = Newcomer.another();
    }

    /**
     * Something that was done, by the clock of {@link System#nanoTime}.
     *
     * @param waited how long of it the thread could have run and had no CPU
     */
    record Beat(String what, long begin, long end, long waited) {}

    /** Beats until then, in this thread. */
    void until(long end) throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            while (System.nanoTime() < end) {
                scope("scope", pid);
                rest();
                if (opensFiles) {
                    connection(server);
                    child();
                }
            }
        }
    }

    long count() {
        return count;
    }

    List<Beat> slow() {
        return slow;
    }

    /** What the agent does in a thread of the application's, of another beat. */
    void hook(String what, Runnable action) {
        Start start = begin();
        action.run();
        keep(what, start, 0);
    }

    @SuppressWarnings("try")
    private void scope(String what, long of) {
        Start start = begin();
        try (ContainerScope scope = ContainerScope.of(of)) {
            keep(what, start, 0);
        }
    }

    @SuppressWarnings("try")
    private void connection(ServerSocketChannel server) throws IOException {
        try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            Start start = begin();
            try (SocketChannel accepted = server.accept()) {
                keep("accept", start, 0);
            }
        }
    }

    private void child() throws IOException, InterruptedException {
        Start start = begin();
        Process child = new ProcessBuilder("true").start();
        keep("child", start, 0);
        scope("scope of a new process", child.pid());
        newCode();
        child.waitFor();
    }

    /** What has nothing to do with the agent, and is about as long and as new as what that does for a scope. */
    private void newCode() {
        Start start = begin();
        newcomer.applyAsLong(OWN_PID);
        keep(NEW_CODE, start, 0);
    }

    /** What it takes longer than it should: of the machine, of collections, of anything that stops all threads. */
    private void rest() throws InterruptedException {
        Start start = begin();
        Thread.sleep(REST_NANOS / 1_000_000);
        keep("rest", start, REST_NANOS);
    }

    private Start begin() {
        return new Start(delay.nanos(), System.nanoTime());
    }

    private void keep(String what, Start start, long expected) {
        long end = System.nanoTime();
        count++;
        if (end - start.time() - expected >= LONG_NANOS) {
            slow.add(new Beat(what, start.time() + expected, end, delay.nanos() - start.waited()));
        }
    }

    private record Start(long waited, long time) {}
}
