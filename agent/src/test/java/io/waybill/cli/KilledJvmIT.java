// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM leaves in its repository that had no time to finish its recording. */
class KilledJvmIT {
    private static final int STATE = 64;
    private static final int BEING_WRITTEN = 255;

    @TempDir
    private Path folder;

    @OnBothJdks
    void whatItHadWrittenIsReported(Jdk jdk) throws Exception {
        ChildJvm host = ChildJvm.on(jdk)
                .options(
                        "-XX:StartFlightRecording",
                        "-XX:FlightRecorderOptions:repository=" + folder,
                        "-javaagent:" + AgentJar.built() + "=period=100ms");
        long pid;
        Path chunk;
        try (RunningJvm jvm =
                host.start(FaultProgram.class, "agent=on", "looks=2", "await=" + folder.resolve("killed"))) {
            jvm.awaitLine("awaiting");
            pid = jvm.pid();
            chunk = chunk();
            awaitFlushes(chunk, 3);
        } // it is killed

        Outcome report = ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "report", chunk.toString());

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(report.err())
                .singleElement()
                .asString()
                .contains("the chunk at byte 0 was not finished, as by a JVM that was killed");
        assertThat(report.out())
                .anyMatch(line -> line.contains(", pid " + pid + ", ") && line.contains("pid namespace"))
                .anyMatch(line -> line.startsWith("CONTAINER"));
    }

    private Path chunk() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jfr"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The JVM makes readable what it has recorded once a second, and counts that in the header. */
    private static void awaitFlushes(Path chunk, int flushes) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(chunk.toFile(), "r")) {
            int last = state(file);
            for (int seen = 0; seen < flushes; ) {
                Thread.sleep(10);
                int now = state(file);
                if (now != last && now != BEING_WRITTEN) {
                    seen++;
                    last = now;
                }
            }
        }
    }

    private static int state(RandomAccessFile file) throws IOException {
        file.seek(STATE);
        return file.read();
    }
}
