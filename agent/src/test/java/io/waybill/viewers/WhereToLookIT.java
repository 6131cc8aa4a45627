// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.item.Attribute;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.internal.FlightRecordingLoader;

/** The rows of README's table of where to look, done as they say; JConsole's in {@link JConsoleIT}, the rest in {@link ConsolesIT}. */
class WhereToLookIT {
    @TempDir
    private Path folder;

    private LimitedContainer container;

    @BeforeEach
    void startContainer() throws Exception {
        container = LimitedContainer.sleeping();
    }

    @AfterEach
    void endContainer() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    @Test
    void theseAreItsRows() throws Exception {
        assertThat(WhereToLook.table().rows().keySet())
                .containsExactly(
                        "a recording", "Mission Control", "JConsole", "jmxterm", "Jolokia", "Prometheus", "a shell");
    }

    @OnBothJdks
    void inARecording(Jdk jdk) throws Exception {
        Path recording = folder.resolve("app.jfr");
        List<String> typed = WhereToLook.table().typed("a recording", container.initPid());
        try (RunningJvm watched = WatchedJvm.start(WatchedJvm.with(jdk), container.initPid())) {
            typed(jdk, typed.get(0), watched, recording);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            Outcome printed;
            do { // some seconds, which on a busy machine are more
                typed(jdk, typed.get(1), watched, recording);
                printed = typed(jdk, typed.get(2), watched, recording);
            } while (!isTold(printed, typed.get(3)) && System.nanoTime() < end);

            assertThat(isTold(printed, typed.get(3))).as(printed.toString()).isTrue();
        }
    }

    private boolean isTold(Outcome printed, String pid) {
        return Stream.of(String.join("\n", printed.out()).split("\n\n"))
                .anyMatch(event -> event.contains("  " + pid + "\n")
                        && event.contains("  containerName = \"" + container.id() + "\"\n"));
    }

    private static Outcome typed(Jdk jdk, String line, RunningJvm watched, Path recording) throws Exception {
        String[] words = line.replace("/tmp/app.jfr", recording.toString())
                .replace("JVM", Long.toString(watched.pid()))
                .split(" ");
        Outcome outcome = ChildJvm.tool(jdk, words[0]).runCommand(Arrays.copyOfRange(words, 1, words.length));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    @OnBothJdks
    void inMissionControl(Jdk jdk) throws Exception {
        Path recording = record(jdk);
        long pid = container.initPid();
        String row = WhereToLook.table().rows().get("Mission Control");
        List<IItem> processes;
        try (InputStream in = Files.newInputStream(recording)) {
            // the events of a type come in several arrays where there are many
            processes = Stream.of(
                            FlightRecordingLoader.loadStream(in, false, false).getArrays())
                    .filter(array -> row.endsWith(String.join(", ", array.getTypeCategory()) + ", "
                            + array.getType().getName()))
                    .flatMap(array -> Stream.<IItem>of(array.getEvents()))
                    .toList();
        }

        assertThat(processes).as(row).isNotEmpty();
        assertThat(processes.stream()
                        .filter(event -> value(event, Attribute.attr("pid", "pid", UnitLookup.RAW_NUMBER))
                                        .longValue()
                                == pid))
                .isNotEmpty()
                .allMatch(event -> value(event, Attribute.attr("containerName", "", UnitLookup.PLAIN_TEXT))
                        .equals(container.id()));
    }

    @OnBothJdks
    void inAShell(Jdk jdk) throws Exception {
        String typed = WhereToLook.table().typed("a shell", container.initPid()).get(0);

        Outcome outcome = ChildJvm.on(jdk)
                .runCommand(typed.replace("waybill-agent.jar", AgentJar.built().toString())
                        .substring("java ".length())
                        .split(" "));

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).anyMatch(line -> line.startsWith("  container ") && line.contains(container.id()));
    }

    @OnBothJdks
    void openTelemetrysAttributesArePrintedALineEach(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .runCommand(
                        "-jar", AgentJar.built().toString(), "resolve", "--otel", Long.toString(container.initPid()));

        assertThat(outcome.out())
                .containsExactly(
                        "container.id=" + container.id(),
                        "container.name=" + container.id(),
                        "container.runtime=runc",
                        "container.runtime.name=runc");
    }

    private Path record(Jdk jdk) throws Exception {
        Path recording = folder.resolve("app.jfr");
        Files.deleteIfExists(recording);
        try (RunningJvm watched = WatchedJvm.start(
                WatchedJvm.with(jdk).options("-XX:StartFlightRecording=filename=" + recording), container.initPid())) {
            watched.terminate();
            assertThat(watched.join().err()).isEmpty();
        }
        return recording;
    }

    private static <T> T value(IItem event, IAttribute<T> attribute) {
        @SuppressWarnings("unchecked")
        IType<IItem> type = (IType<IItem>) event.getType();
        IMemberAccessor<T, IItem> accessor = attribute.getAccessor(type);
        return accessor.getMember(event);
    }
}
