// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessEndsTest {
    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    private Linux linux;
    private ProcessEnds ends;
    private Thread reader;
    private Process process;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        linux = Linux.load();
        ends = linux.watchEnds();
        process = new ProcessBuilder("sleep", "1000").start();
        reader = new Thread(this::read);
        reader.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        process.destroyForcibly();
        ends.close();
        reader.join(10_000);

        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void theEndOfAProcessIsTold() throws Exception {
        try (PidFd pidFd = linux.openProcess(process.pid())) {
            assertThat(pidFd.watch(ends)).isTrue();

            process.destroyForcibly();

            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo(process.pid());
        }
    }

    @Test
    void endedTwiceItLeavesTheDescriptorsAlone() throws Exception {
        ends.close();
        reader.join(10_000);

        try (ReusedDescriptors files = ReusedDescriptors.open(folder);
                PidFd pidFd = linux.openProcess(process.pid())) {
            ends.close();

            assertThat(pidFd.watch(ends)).isFalse();
            files.verify();
        }
    }

    private void read() {
        try {
            ends.read(told::add);
        } catch (LinuxException e) {
            throw new IllegalStateException(e);
        }
    }
}
