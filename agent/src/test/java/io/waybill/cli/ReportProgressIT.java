// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** How far the reading of a large recording is. */
class ReportProgressIT {
    private static final long SIZE = 80 << 20;

    @TempDir
    private static Path folder;

    private static Path recording;

    @BeforeAll
    static void record() throws IOException {
        recording = folder.resolve("large.jfr");
        try (Recording large = new Recording()) {
            large.setToDisk(true);
            large.start();
            for (int n = 0; n % 1000 != 0 || large.getSize() < SIZE; n++) {
                FillerEvent event = new FillerEvent();
                event.text = n + "x".repeat(130);
                event.commit();
            }
            large.dump(recording);
        }
    }

    @OnBothJdks
    void onATerminalABarGrowsAndIsWipedBeforeTheReport(Jdk jdk) throws Exception {
        Needs.program("script");
        Path typescript = folder.resolve("typescript-" + jdk.feature());
        String command = jdk.program("java") + " -jar " + AgentJar.built() + " report " + recording;

        Process script = new ProcessBuilder("script", "-qefc", command, typescript.toString())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(script.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String screen = Files.readString(typescript);
        long size = Files.size(recording) >> 20;
        List<Integer> shown = Pattern.compile("\r\\[#* *] (\\d+)% of " + size + " MiB")
                .matcher(screen)
                .results()
                .map((MatchResult bar) -> Integer.valueOf(bar.group(1)))
                .toList();
        assertThat(shown).hasSizeGreaterThan(1).isSorted();
        assertThat(shown.get(shown.size() - 1)).isBetween(shown.get(0) + 1, 100);
        assertThat(screen.substring(screen.lastIndexOf("MiB") + 3))
                .matches("(?s)\r {60,}\r.*CONTAINER .*\\(no scope\\).*");
    }

    @OnBothJdks
    void elsewhereNothingIsShown(Jdk jdk) throws Exception {
        Outcome outcome =
                ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "report", recording.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).noneMatch(line -> line.contains("\r")).anyMatch(line -> line.contains("(no scope)"));
    }

    @OnBothJdks
    void interruptedItLeavesNoCopyOfAChunk(Jdk jdk) throws Exception {
        Path copies = Files.createDirectory(folder.resolve("copies-" + jdk.feature()));
        ChildJvm host = ChildJvm.on(jdk).options("-Djava.io.tmpdir=" + copies);

        try (RunningJvm report =
                host.startCommand("-jar", AgentJar.built().toString(), "report", recording.toString())) {
            while (isEmpty(copies)) {
                assertThat(ProcessHandle.of(report.pid())).isPresent();
                Thread.sleep(5);
            }
            report.terminate();

            assertThat(report.join().exitCode()).isEqualTo(128 + 15); // of SIGTERM
        }
        assertThat(copies).isEmptyDirectory();
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** What the recording is full of; each text is another, so that no pool keeps it. */
    @Name("waybill.test.Filler")
    @StackTrace(false)
    private static final class FillerEvent extends Event {
        String text = "";
    }
}
