// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.jfr.ContainerNamespaceEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ProcessObservedEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that one JVM made one after the other; a child stands for whatever a thread does in a scope. */
class SeveralFilesTest {
    private static final String WEB = "web-0";
    private static final long NAMESPACE = 4026532185L;

    @TempDir
    private Path folder;

    private volatile int work;

    @Test
    void aScopeThatEndsInALaterRecordingHasWhatHappenedInItInTheFormer() throws Exception {
        Path first;
        ContainerScopeEvent scope = new ContainerScopeEvent();
        try (Recording recording = start()) {
            scope.begin();
            startChild();
            first = dump(recording, "first.jfr");
        }
        Path second;
        try (Recording recording = start()) { // and for a moment there was none
            end(scope);
            second = dump(recording, "second.jfr");
        }

        for (List<Path> files : List.of(List.of(first, second), List.of(second, first))) {
            Report report = read(files);

            assertThat(onlyShare(report).childrenFor()).isEqualTo(1);
            assertThat(report.unscoped().childrenFor()).isZero();
            assertThat(report.jvms()).extracting(RecordingJvm::file).containsExactlyElementsOf(names(files));
            assertThat(report.children())
                    .extracting(Report.StartedChild::recording)
                    .containsExactly(files.indexOf(first));
        }
    }

    @Test
    void recordingsThatOverlapAreReadAsOneAlsoWithoutAWordOfTheJvm() throws Exception {
        Path first;
        Path second;
        ContainerScopeEvent scope = new ContainerScopeEvent();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            scope.begin();
            startChild();
            try (Recording later = new Recording()) {
                later.start();
                first = dump(recording, "first.jfr");
                end(scope);
                second = dump(later, "second.jfr");
            }
        }

        Report report = read(List.of(first, second));

        assertThat(onlyShare(report).childrenFor()).isEqualTo(1);
        assertThat(onlyShare(report).scopes()).isEqualTo(1);
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("in another of the recordings, too, and counted once");
    }

    @Test
    void whatALaterRecordingKnowsOfANamespaceIsTrueInTheFormer() throws Exception {
        Path first;
        try (Recording recording = start()) {
            ContainerScopeEvent scope = new ContainerScopeEvent();
            scope.begin();
            scope.pidNamespace = NAMESPACE;
            scope.initPid = 4711;
            scope.commit();
            observe();
            first = dump(recording, "first.jfr");
        }
        Path second;
        try (Recording recording = start()) {
            ContainerNamespaceEvent container = new ContainerNamespaceEvent();
            container.containerId = WEB;
            container.pidNamespace = NAMESPACE;
            container.initPid = 4711;
            container.depth = 1;
            container.commit();
            observe();
            second = dump(recording, "second.jfr");
        }

        Share web = onlyShare(read(List.of(first, second)));

        assertThat(web.containerId()).isEqualTo(WEB);
        assertThat(web.scopes()).isEqualTo(1);
        assertThat(web.recordings()).isEqualTo(2);
        assertThat(web.processes()).isEqualTo(1);
    }

    /** Each chunk begins at the time that the clock tells then; the times in it are reckoned from there by a counter. */
    @Test
    void aClockThatIsSetMeanwhileDoesNotPartAScopeFromWhatHappenedInIt() throws Exception {
        Path file;
        ContainerScopeEvent scope = new ContainerScopeEvent();
        try (Recording recording = start()) {
            scope.begin();
            startChild();
            try (Recording other = new Recording()) {
                other.start(); // and a new chunk begins
            }
            end(scope);
            file = dump(recording, "clock.jfr");
        }
        for (Duration step : List.of(Duration.ofMinutes(1), Duration.ofMinutes(-1))) {
            Path set = setClock(file, step);

            Report report = read(List.of(set));

            assertThat(onlyShare(report).childrenFor()).as(step.toString()).isEqualTo(1);
            assertThat(report.jvms()).hasSize(1);
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void samplesOfDifferentRatesAreTold() throws Exception {
        List<Path> files = List.of(sample("10 ms"), sample("20 ms"));

        assertThat(read(files).notes())
                .singleElement()
                .asString()
                .startsWith("CPU was not sampled at one rate, but every 10ms or 20ms");
        assertThat(read(files.subList(0, 1)).notes()).isEmpty();
    }

    /** A recording that has a sample. */
    private Path sample(String period) throws Exception {
        while (true) {
            try (Recording recording = new Recording()) {
                recording.enable("jdk.ExecutionSample").with("period", period);
                recording.enable("jdk.ActiveSetting");
                recording.start();
                long end = System.nanoTime() + 300_000_000;
                int sum = 0;
                for (long n = 0; System.nanoTime() < end; n++) {
                    sum += Long.toString(n).hashCode();
                }
                work = sum;
                Path file = dump(recording, period + ".jfr");
                if (read(List.of(file)).total(Weight.EXECUTION) > 0) {
                    return file;
                }
            }
        }
    }

    /** As if it had been set in the first chunk. */
    private Path setClock(Path file, Duration step) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<ChunkHeader> chunks;
        try (FileChannel channel = FileChannel.open(file)) {
            chunks = ChunkList.of(channel).chunks();
        }
        assertThat(chunks).hasSizeGreaterThan(1);
        for (ChunkHeader chunk : chunks) {
            if (chunk.position() > 0) {
                bytes.putLong((int) chunk.position() + 32, chunk.begin() + step.toNanos());
            }
        }
        return Files.write(folder.resolve("set.jfr"), bytes.array());
    }

    private static Recording start() {
        Recording recording = new Recording();
        recording.enable("jdk.ProcessStart");
        recording.enable("jdk.JVMInformation");
        recording.start();
        return recording;
    }

    private Path dump(Recording recording, String name) throws IOException {
        Path file = folder.resolve(name);
        recording.stop();
        recording.dump(file);
        return file;
    }

    private static void startChild() throws Exception {
        assertThat(new ProcessBuilder("true").start().waitFor()).isZero();
    }

    private static void end(ContainerScopeEvent scope) {
        scope.containerId = WEB;
        scope.commit();
    }

    private static void observe() {
        ProcessObservedEvent event = new ProcessObservedEvent();
        event.origin = "proc";
        event.pid = 4720;
        event.containerId = WEB;
        event.commit();
    }

    private static Report read(List<Path> files) {
        Report report = RecordingReader.read(files, (done, all) -> {});
        assertThat(report.problems()).isEmpty();
        return report;
    }

    private static Share onlyShare(Report report) {
        assertThat(report.shares()).hasSize(1);
        return report.shares().get(0);
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }
}
