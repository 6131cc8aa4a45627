// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.report.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
}
