// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waybill.jfr.ContainerScopeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingReaderTest {
    private static final int CONTAINERS = 5;
    private static final int THREADS = 3;
    private static final int SCOPES = 1000;
    private static final long ROOMY = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 1000, 10_000, 40_000})
    void theReportIsTheSameWhateverRoomThereIs(long room) throws Exception {
        Path file = recording(THREADS, SCOPES);

        Report report = read(file, room);

        assertThat(report).usingRecursiveComparison().isEqualTo(read(file, ROOMY));
        assertThat(report.problems()).isEmpty();
        assertThat(report.shares()).hasSize(CONTAINERS);
        assertThat(report.shares()).allSatisfy(share -> {
            assertThat(share.scopes()).isEqualTo(2L * THREADS * SCOPES / CONTAINERS);
            assertThat(share.nanos()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {20_000, 200_000})
    void theReportIsTheSameWhereEachScopeHasAThreadOfItsOwn(long room) throws Exception {
        Path file = recording(1000, 1);

        Report report = read(file, room);

        assertThat(report).usingRecursiveComparison().isEqualTo(read(file, 10 * ROOMY));
        assertThat(report.problems()).isEmpty();
        assertThat(report.shares()).hasSize(2);
        assertThat(report.shares()).allSatisfy(share -> {
            assertThat(share.scopes()).isEqualTo(1000);
            assertThat(share.nanos()).isPositive();
        });
    }

    @Test
    void aContainerIsAsOldAsItWasWhereTheLastRecordingThatKnowsItEnds() throws Exception {
        Path first = Files.copy(recording(1, 3), folder.resolve("first.jfr"));
        Path later = recording(1, 1);

        Report report = RecordingReader.read(List.of(first, later), (done, all) -> {});

        long end = report.jvms().get(0).end();
        long laterEnd = report.jvms().get(1).end();
        assertThat(laterEnd).isGreaterThan(end);
        assertThat(report.shares())
                .extracting(Share::containerId, Share::lastSeen)
                .containsExactlyInAnyOrder(
                        tuple("container0", laterEnd),
                        tuple("container1", laterEnd),
                        tuple("container2", end),
                        tuple("container3", end));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsNotWaitedForAndAFolderIsNoRecording() throws Exception {
        Path pipe = folder.resolve("pipe.jfr");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        Report report = RecordingReader.read(List.of(pipe, folder), (done, all) -> {});

        assertThat(report.problems())
                .containsExactly(
                        pipe + ": it is no regular file, and a recording is read more than once",
                        folder + ": it is no regular file, and a recording is read more than once");
    }

    @Test
    void aFileThatBecomesShorterMeanwhileIsReadAsFarAsThatGoes() throws Exception {
        Path file = folder.resolve("two-chunks.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            work(1);
            try (Recording other = new Recording()) {
                other.start(); // and a new chunk begins
            }
            work(2);
            recording.dump(file);
        }

        Report report = RecordingReader.read(List.of(file), (done, all) -> shorten(file));

        assertThat(report.problems())
                .isNotEmpty()
                .allMatch(problem -> problem.contains("it became shorter while it was read"));
        assertThat(report.jvms())
                .singleElement()
                .extracting(RecordingJvm::chunks)
                .isEqualTo(1);
        assertThat(report.shares()).isNotEmpty();
    }

    private static void shorten(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Report read(Path file, long room) {
        return RecordingReader.read(List.of(file), (done, all) -> {}, room);
    }

    /** More scopes than there is room for, nested, by several threads. */
    private Path recording(int workers, int scopes) throws Exception {
        Path file = folder.resolve("scopes.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(ContainerScopeEvent.class).withThreshold(Duration.ZERO);
            recording.start();
            ExecutorService threads = Executors.newFixedThreadPool(workers);
            for (int i = 0; i < workers; i++) {
                threads.execute(() -> work(scopes));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            recording.dump(file);
        }
        return file;
    }

    private static void work(int scopes) {
        for (int n = 0; n < scopes; n++) {
            ContainerScopeEvent outer = new ContainerScopeEvent();
            outer.begin();
            ContainerScopeEvent inner = new ContainerScopeEvent();
            inner.begin();
            end(inner, n);
            end(outer, n + 1);
        }
    }

    private static void end(ContainerScopeEvent scope, int container) {
        scope.containerId = "container" + container % CONTAINERS;
        scope.commit();
    }
}
