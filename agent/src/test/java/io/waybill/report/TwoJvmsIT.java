// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.report.program.ScopeProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.RunningJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.io.TempDir;

/** A thread here has the number of a thread there. */
class TwoJvmsIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void theThreadsOfTwoJvmsInOneFileAreNotTheSame(Jdk jdk) throws Exception {
        Path there = folder.resolve("there.jfr");
        Path here = folder.resolve("here.jfr");
        Path end = folder.resolve("end");
        ChildJvm host = ChildJvm.on(jdk).classPath(AgentJar.built());
        long number = 10_000 + new Thread().getId();
        Thread thread = ScopeProgram.numbered(number, () -> recordChild(here));
        try (RunningJvm other =
                host.start(ScopeProgram.class, there.toString(), Long.toString(number), end.toString())) {
            other.awaitLine("begun");
            thread.start();
            thread.join();
            Files.createFile(end);
            assertThat(other.join().exitCode()).isZero();
        }
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Files.readAllBytes(there));
        both.writeBytes(Files.readAllBytes(here));
        Path file = Files.write(folder.resolve("both.jfr"), both.toByteArray());

        Report report = RecordingReader.read(List.of(file), (done, all) -> {});

        assertThat(report.problems()).isEmpty();
        assertThat(report.jvms()).extracting(RecordingJvm::file).containsExactly(file.toString(), file.toString());
        assertThat(report.shares()).singleElement().satisfies(web -> {
            assertThat(web.scopes()).isEqualTo(1);
            assertThat(web.childrenFor()).isZero();
        });
        assertThat(report.unscoped().childrenFor()).isEqualTo(1);
    }

    private static void recordChild(Path file) {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.enable("jdk.JVMInformation");
            recording.start();
            new ProcessBuilder("true").start().waitFor();
            recording.stop();
            recording.dump(file);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
