// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.linux.Linux;
import io.waybill.linux.NativeAccessException;
import io.waybill.linux.SocketPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldPeersTest {
    private static final int LIMIT = 16;

    /** One that has no CPU yet, as it were. */
    private final AgentThread thread = new AgentThread(1000, failure -> {});

    private final List<SocketPeer> seen = new ArrayList<>();
    private final Linux linux;
    private final HeldPeers peers = new HeldPeers(LIMIT, thread, seen::add);

    HeldPeersTest() throws NativeAccessException {
        this.linux = Linux.load();
    }

    @Test
    void noMoreAreHeldThanMayBeUntilTheyWereLookedAt() throws Exception {
        long before = pidfds();
        accept(3 * LIMIT);

        assertThat(pidfds()).isEqualTo(before + LIMIT);
        assertThat(thread.waiting()).isEqualTo(LIMIT);
        assertThat(thread.dropped()).isEqualTo(2 * LIMIT);

        CountDownLatch through = new CountDownLatch(1);
        thread.execute(through::countDown);
        thread.start();

        assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(LIMIT);
        assertThat(peers.hasRoom()).isTrue();
        seen.forEach(SocketPeer::close);
        thread.close();
    }

    @Test
    void atTheEndTheyAreLetGo() throws Exception {
        long before = pidfds();
        accept(LIMIT);

        peers.close();
        accept(1);

        assertThat(pidfds()).isEqualTo(before);
    }

    /** There is no memory left, say. */
    @Test
    void oneThatCannotBeQueuedIsLetGo() throws Exception {
        long before = pidfds();
        CompletableFuture<Thread> running = new CompletableFuture<>();
        try (AgentThread broken = new AgentThread(1000, failure -> {}, woken -> {
            throw new OutOfMemoryError("planted");
        })) {
            broken.execute(() -> running.complete(Thread.currentThread()));
            broken.start();
            Thread resting = running.get(20, TimeUnit.SECONDS);
            while (resting.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
            HeldPeers few = new HeldPeers(1, broken, seen::add);
            long pid = ProcessHandle.current().pid();
            SocketPeer peer = new SocketPeer(pid, linux.openProcess(pid), false);

            assertThatThrownBy(() -> few.add(peer)).isInstanceOf(OutOfMemoryError.class);

            assertThat(few.hasRoom()).isTrue();
        }
        assertThat(pidfds()).isEqualTo(before);
        assertThat(seen).isEmpty();
    }

    private void accept(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            if (peers.hasRoom()) {
                long pid = ProcessHandle.current().pid();
                peers.add(new SocketPeer(pid, linux.openProcess(pid), false));
            }
        }
    }

    private static long pidfds() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(HeldPeersTest::isPidFd).count();
        }
    }

    private static boolean isPidFd(Path descriptor) {
        try {
            // anon_inode:[pidfd] before Linux 6.9, pidfd:[4711] since
            return Files.readSymbolicLink(descriptor).toString().contains("pidfd");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
