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

/**
 * Does again and again what an application does where the agent listens: opens a scope, accepts a connection, starts a
 * child; and between them rests for a millisecond. What took long is kept.
 */
final class Heartbeat {
    private static final long LONG_NANOS = 500_000;
    private static final long REST_NANOS = 1_000_000;

    private final long pid;
    private final boolean opensFiles;
    private final Path socket;
    private final List<Beat> slow = new ArrayList<>();
    private long count;

    /**
     * Makes one.
     *
     * @param pid on whose behalf it opens scopes
     * @param opensFiles whether there are descriptors for connections and children
     * @param socket where it listens
     */
    Heartbeat(long pid, boolean opensFiles, Path socket) {
        this.pid = pid;
        this.opensFiles = opensFiles;
        this.socket = socket;
    }

    /** Something that was done, by the clock of {@link System#nanoTime}. */
    record Beat(String what, long begin, long end) {}

    /** Beats until then, in this thread. */
    void until(long end) throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            while (System.nanoTime() < end) {
                scope();
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

    @SuppressWarnings("try")
    private void scope() {
        long begin = System.nanoTime();
        try (ContainerScope scope = ContainerScope.of(pid)) {
            keep("scope", begin, 0);
        }
    }

    @SuppressWarnings("try")
    private void connection(ServerSocketChannel server) throws IOException {
        try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            long begin = System.nanoTime();
            try (SocketChannel accepted = server.accept()) {
                keep("accept", begin, 0);
            }
        }
    }

    private void child() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process child = new ProcessBuilder("true").start();
        keep("child", begin, 0);
        child.waitFor();
    }

    /** What it takes longer than it should: of the machine, of collections, of anything that stops all threads. */
    private void rest() throws InterruptedException {
        long begin = System.nanoTime();
        Thread.sleep(REST_NANOS / 1_000_000);
        keep("rest", begin, REST_NANOS);
    }

    private void keep(String what, long begin, long expected) {
        long end = System.nanoTime();
        count++;
        if (end - begin - expected >= LONG_NANOS) {
            slow.add(new Beat(what, begin + expected, end));
        }
    }
}
