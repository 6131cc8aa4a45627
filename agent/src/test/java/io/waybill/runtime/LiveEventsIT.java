// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessConnector;
import io.waybill.runtime.program.ShortLivedProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces that live for milliseconds are seen, though all of /proc is looked at once an hour only. */
class LiveEventsIT {
    private static final int NAMESPACES = 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void theKernelTellsOfProcesses() throws Exception {
        boolean told;
        try {
            ProcessConnector connector = Linux.load().connectProcesses();
            connector.close();
            told = true;
        } catch (LinuxException e) {
            told = false;
        }
        Needs.that(told, "the process connector is needed");
    }

    @OnBothJdks
    void eachIsStartedAndEndedWithItsExitStatus(Jdk jdk) throws Exception {
        Path recording = folder.resolve("short.jfr");
        Outcome outcome = ChildJvm.on(jdk)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("period=60m,children=eager")
                .run(ShortLivedProgram.class, Integer.toString(NAMESPACES));

        assertThat(outcome.err()).isEmpty();
        List<RecordedEvent> ended = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("waybill.ContainerEnded"))
                .filter(event -> event.getString("exitStatus").equals("exit 7"))
                .toList();
        assertThat(ended).hasSizeGreaterThanOrEqualTo(NAMESPACES);
    }
}
