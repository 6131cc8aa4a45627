// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessConnectorTest {
    private Seen seen = new Seen();
    private ProcessConnector connector;
    private Thread reader;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        Needs.root();
        try {
            connector = Linux.load().connectProcesses();
        } catch (LinuxException e) {
            Needs.that(false, "the process connector is needed: " + e.getMessage());
        }
        reader = new Thread(this::read);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (connector != null) {
            connector.close();
            reader.join(10_000);

            assertThat(reader.isAlive()).isFalse();
        }
    }

    @Test
    void aProgramIsToldOfAndItsEnd() throws Exception {
        reader.start();

        Process process = new ProcessBuilder("false").start();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        seen.await(process.pid() + " ended with 256");
        assertThat(seen.lines).contains(process.pid() + " executed");
    }

    /**
     * Each thread of a JVM is a fork, two names and an end: more than the socket holds, were they not dropped before it. On a
     * machine where others start many programs at that moment it is too full at times, but not each time.
     */
    @Test
    void threadsAndRenamesAreNotTakenIn() throws Exception {
        int tries = 20;
        while (isFullOfThreadsAndRenames() && tries > 0) {
            tries--;
            close();
            seen = new Seen();
            open();
        }

        assertThat(tries).isPositive();
    }

    private boolean isFullOfThreadsAndRenames() throws Exception {
        String script = "i=0; while [ $i -lt 600 ]; do echo name$i >/proc/self/task/$$/comm; i=$((i+1)); done";
        Process process = new ProcessBuilder("sh", "-c", script).start();
        for (int i = 0; i < 600; i++) {
            Thread thread = new Thread(() -> {}, "thread " + i);
            thread.start();
            thread.join();
        }
        process.waitFor();
        reader.start();
        while (!seen.isTold(process.pid() + " ended with 0", 200)) {
            if (seen.lost.getCount() == 0) {
                return true;
            }
        }
        return seen.lost.getCount() == 0;
    }

    /** The socket holds some hundred events; it is told once that there were more. */
    @Test
    void thatEventsWereLostIsTold() throws Exception {
        startMany();

        reader.start();

        assertThat(seen.lost.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** On a machine where many processes start, the socket may be full before it is subscribed, or before it is answered. */
    @ParameterizedTest
    @ValueSource(strings = {"write", "ppoll"})
    void itBeginsAlsoWhereTheSocketIsFullByThen(String call) throws Exception {
        SyscallNumbers numbers = SyscallNumbers.of(System.getProperty("os.arch"));
        long full = call.equals("write") ? numbers.write() : numbers.ppoll();
        AtomicInteger calls = new AtomicInteger();
        ProcessConnector busy = HookedLinux.before(full, () -> {
                    if (calls.incrementAndGet() == 1) {
                        startMany();
                    }
                })
                .connectProcesses();
        connector.close();
        connector = busy;
        reader.start();

        assertThat(seen.lost.await(20, TimeUnit.SECONDS)).isTrue();
        // the end of one, which others may be too many for again
        boolean told = false;
        for (int i = 0; i < 100 && !told; i++) {
            Process process = new ProcessBuilder("false").start();
            process.waitFor();
            told = seen.isTold(process.pid() + " ended with 256", 200);
        }
        assertThat(told).isTrue();
    }

    private static void startMany() {
        try {
            new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 2000 ]; do /bin/true; i=$((i+1)); done")
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endedTwiceItLeavesTheDescriptorAlone() throws Exception {
        reader.start();
        connector.close();
        reader.join(10_000);

        try (ReusedDescriptors files = ReusedDescriptors.open(folder)) {
            connector.close();

            files.verify();
        }
    }

    private void read() {
        try {
            connector.read(seen);
        } catch (LinuxException e) {
            seen.lines.add(e.getMessage());
        }
    }

    /** What was told, a line each. */
    private static final class Seen implements ProcessConnector.Events {
        final Set<String> lines = ConcurrentHashMap.newKeySet();
        final CountDownLatch lost = new CountDownLatch(1);

        @Override
        public void executed(long pid) {
            add(pid + " executed");
        }

        @Override
        public void exited(long pid, int status) {
            add(pid + " ended with " + status);
        }

        @Override
        public void lost() {
            lost.countDown();
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        void await(String line) throws InterruptedException {
            assertThat(isTold(line, 20_000)).as(line).isTrue();
        }

        synchronized boolean isTold(String line, long millis) throws InterruptedException {
            long end = System.currentTimeMillis() + millis;
            while (!lines.contains(line) && System.currentTimeMillis() < end) {
                wait(10);
            }
            return lines.contains(line);
        }
    }
}
