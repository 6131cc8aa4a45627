// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.report.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportNotesTest {
    @TempDir
    private Path folder;

    @Test
    void whatTheAgentDidNotLookAtIsTold() throws IOException {
        Path complete = HostileRecording.writeSmall(folder.resolve("complete.jfr"));
        Path other = HostileRecording.writeWithShortfall(folder.resolve("short.jfr"));

        assertThat(RecordingReader.read(List.of(complete, other), (done, all) -> {})
                        .notes())
                .containsExactly(other + ": not everything was looked at: events put off or lost 12 times, processes"
                        + " dropped 0; containers that lived for less than a period may be missing");
    }

    @Test
    void whatTheJvmHadNoRoomForIsTold() throws IOException {
        Path file = record("loss.jfr", () -> {
            for (int amount : new int[] {1000, 234}) {
                DataLossEvent event = new DataLossEvent();
                event.amount = amount;
                event.commit();
            }
        });

        assertThat(notes(file))
                .containsExactly(file + ": the JVM lost 1234 bytes of events, for which it had no room: scopes and"
                        + " samples are missing");
    }

    @Test
    void aRecordingWhoseSamplesAreOfAnotherKindIsTold() throws IOException {
        Path byCpuTime = record("cpu-time.jfr", () -> new CpuTimeSampleEvent().commit());
        Path other = record("other.jfr", () -> new ExecutionSampleEvent().commit());

        assertThat(notes(byCpuTime)).isEmpty();
        assertThat(notes(other, byCpuTime))
                .singleElement()
                .asString()
                .startsWith(byCpuTime + ": it has samples by CPU time alone");
    }

    private static List<String> notes(Path... files) {
        return RecordingReader.read(List.of(files), (done, all) -> {}).notes();
    }

    private Path record(String name, Runnable events) throws IOException {
        Path file = folder.resolve(name);
        try (Recording recording = new Recording()) {
            recording.start();
            events.run();
            recording.stop();
            recording.dump(file);
        }
        return file;
    }

    /** As the JVM writes it. */
    @Name("jdk.DataLoss")
    @StackTrace(false)
    private static final class DataLossEvent extends Event {
        long amount;
    }

    /** As the JVM writes it. */
    @Name("jdk.CPUTimeSample")
    private static final class CpuTimeSampleEvent extends Event {}

    /** As the JVM writes it, but for the thread. */
    @Name("jdk.ExecutionSample")
    private static final class ExecutionSampleEvent extends Event {}
}
