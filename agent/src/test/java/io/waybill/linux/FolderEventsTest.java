// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.testing.MemoryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderEventsTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private FolderEvents events;
    private Thread reader;

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        events = Linux.load().watchFolders();
        reader = new Thread(this::read);
    }

    @AfterEach
    void close() throws InterruptedException {
        events.close();
        reader.join(10_000);

        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void aFolderMadeAndAFolderRemovedAreTold() throws Exception {
        int top = events.add(folder.toString());
        reader.start();

        Path made = Files.createDirectory(folder.resolve("docker-4711.scope"));
        assertThat(next()).isEqualTo("made docker-4711.scope in " + top);
        int inside = events.add(made.toString());
        Files.delete(made);

        assertThat(next()).isEqualTo("removed " + inside);
    }

    @Test
    void thatNothingHappensAnyMoreIsToldTwice() throws Exception {
        events.add(folder.toString());
        reader.start();
        Files.createDirectory(folder.resolve("a"));

        assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("made a ");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("quiet");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("quiet");
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        events.add(folder.toString());
        reader.start();
        Files.createFile(folder.resolve("cgroup.procs"));
        Files.createDirectory(folder.resolve("a"));

        assertThat(next()).startsWith("made a ");
    }

    @Test
    void theSameFolderHasTheSameNumber() throws Exception {
        assertThat(events.add(folder.toString())).isEqualTo(events.add(folder.toString()));
    }

    @Test
    void whatIsNotThereCannotBeWatched() {
        assertThatThrownBy(() -> events.add(folder.resolve("none").toString()))
                .isInstanceOf(LinuxException.class)
                .hasMessageEndingWith("errno 2 (ENOENT)");
    }

    @Test
    void thatTheKernelDroppedEventsIsToldAfterThoseThatItKept() throws Exception {
        events.add(folder.toString());
        int kept = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events"))
                .get(0));
        for (int i = 0; i <= kept; i++) {
            Files.delete(Files.createDirectory(folder.resolve("a" + i)));
        }
        reader.start();

        for (int i = 0; i < kept; i++) {
            assertThat(next()).startsWith("made a" + i + " ");
        }
        assertThat(next()).isEqualTo("lost");
        Files.createDirectory(folder.resolve("b"));
        assertThat(next()).startsWith("made b ");
    }

    @Test
    void endedTwiceItLeavesTheDescriptorAlone() throws Exception {
        events.add(folder.toString());
        reader.start();
        events.close();
        reader.join(10_000);

        try (ReusedDescriptors files = ReusedDescriptors.open(folder)) {
            events.close();

            files.verify();
        }
    }

    @Test
    void endedBeforeAnybodyReadsItIsNotReadAnyMore() throws Exception {
        events.add(folder.toString());
        events.close();

        read();

        assertThat(told).isEmpty();
    }

    private String next() throws InterruptedException {
        String next = told.poll(20, TimeUnit.SECONDS);
        return "quiet".equals(next) ? next() : next;
    }

    private void read() {
        try {
            events.read(new FolderEvents.Events() {
                @Override
                public void made(int watch, String name) {
                    told.add("made " + name + " in " + watch);
                }

                @Override
                public void removed(int watch) {
                    told.add("removed " + watch);
                }

                @Override
                public void lost() {
                    told.add("lost");
                }

                @Override
                public void quiet() {
                    told.add("quiet");
                }
            });
        } catch (LinuxException e) {
            told.add(e.getMessage());
        }
    }
}
