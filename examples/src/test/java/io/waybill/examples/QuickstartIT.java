// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README. */
class QuickstartIT {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("waybill.test.root"), "waybill.test.root"));
    private static final Pattern STARTED = Pattern.compile("(web-0|db-0|batch-0): init ([0-9]+)");

    @TempDir
    private Path folder;

    @Test
    void itEndsInARecordingOfThreeContainersAndCleansUp() throws Exception {
        Path recording = folder.resolve("quickstart.jfr");
        Process quickstart = start(recording);

        assertThat(quickstart.waitFor(120, TimeUnit.SECONDS)).isTrue();

        List<String> out = out();
        assertThat(quickstart.exitValue()).as(String.join("\n", out)).isZero();
        Set<Long> inits = inits(out);
        assertThat(inits).hasSize(3);
        for (long init : inits) {
            assertThat(out).as("ps").anyMatch(line -> line.startsWith(init + " "));
        }
        awaitEndOf(inits);
        assertThat(out)
                .contains(
                        "waybill.Container {",
                        "waybill.ContainerSource {",
                        "waybill.ProcessObserved {",
                        "The recording is " + recording);
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        assertThat(values(events, "waybill.Container", "initPid")).containsAll(inits);
        assertThat(values(events, "waybill.ProcessObserved", "initPid")).containsAll(inits);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void interruptedItCleansUp() throws Exception {
        Process quickstart = start(folder.resolve("quickstart.jfr"));
        while (quickstart.isAlive() && out().stream().noneMatch(line -> line.startsWith("== recording"))) {
            quickstart.waitFor(50, TimeUnit.MILLISECONDS);
        }
        List<Long> below = quickstart.descendants().map(ProcessHandle::pid).toList();

        new ProcessBuilder("kill", "-INT", Long.toString(quickstart.pid()))
                .start()
                .waitFor();
        for (long pid : below) { // as the terminal does for all of them
            new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
        }

        assertThat(quickstart.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(quickstart.exitValue()).isEqualTo(130);
        Set<Long> inits = inits(out());
        assertThat(inits).hasSize(3);
        awaitEndOf(inits);
        assertThat(leftovers()).isEmpty();
    }

    private Process start(Path recording) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        // a shell that finds the signal ignored, as in the background of a script, must go on ignoring it
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        ROOT.resolve("examples/quickstart").toString(),
                        recording.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().putAll(Map.of("TMPDIR", temporary.toString()));
        return builder.start();
    }

    private List<String> out() throws IOException {
        return Files.readAllLines(folder.resolve("out"));
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.list(folder.resolve("tmp"))) {
            return files.toList();
        }
    }

    /** The runtime kills them; who reaps them takes its time. */
    private static void awaitEndOf(Set<Long> pids) throws Exception {
        for (long pid : pids) {
            ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
            if (handle != null) {
                handle.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static Set<Long> inits(List<String> out) {
        Set<Long> inits = new TreeSet<>();
        for (String line : out) {
            Matcher matcher = STARTED.matcher(line);
            if (matcher.matches()) {
                inits.add(Long.valueOf(matcher.group(2)));
            }
        }
        return inits;
    }

    private static List<Long> values(List<RecordedEvent> events, String type, String field) {
        List<Long> values = new ArrayList<>();
        for (RecordedEvent event : events) {
            if (event.getEventType().getName().equals(type)) {
                values.add(event.getLong(field));
            }
        }
        return values;
    }
}
