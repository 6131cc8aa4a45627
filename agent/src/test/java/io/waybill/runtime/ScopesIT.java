// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtime.program.ScopeProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.HostedContainer;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/** What a recording says of the threads that worked for a container. */
class ScopesIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void aScopeIsRecordedOnItsThreadWithItsContainer(Jdk jdk) throws Exception {
        try (HostedContainer one = HostedContainer.start(folder);
                HostedContainer other = HostedContainer.start(folder)) {
            List<RecordedEvent> events = RecordingFile.readAllEvents(record(jdk, one, other));

            RecordedEvent scope =
                    onThread(events, "waybill.ContainerScope", "main").get(9);
            assertThat(scope.getString("containerId")).isEqualTo(one.id());
            assertThat(scope.getString("containerName")).isEqualTo(one.id());
            assertThat(scope.getLong("pid")).isEqualTo(one.initPid());
            assertThat(scope.getLong("initPid")).isEqualTo(one.initPid());
            assertThat(scope.getString("origin")).isEqualTo("api");
            assertThat(scope.getBoolean("endedElsewhere")).isFalse();
            assertThat(scope.getDuration()).isGreaterThan(Duration.ofMillis(80));
            assertThat(onThread(events, "waybill.ContainerScope", "main")).hasSize(10);
            assertThat(onThread(events, "waybill.ContainerScope", "resolved"))
                    .extracting(event -> event.getString("containerId"))
                    .containsExactly(other.id());
            RecordedEvent observed = events.stream()
                    .filter(event -> event.getEventType().getName().equals("waybill.ProcessObserved"))
                    .filter(event -> event.getString("origin").equals("scope"))
                    .findFirst()
                    .orElseThrow();
            assertThat(observed.getLong("pid")).isEqualTo(one.initPid());
        }
    }

    @OnBothJdks
    void aScopeThatAnotherThreadEndsHasNoDurationAndIsMarkedOnce(Jdk jdk) throws Exception {
        try (HostedContainer one = HostedContainer.start(folder);
                HostedContainer other = HostedContainer.start(folder)) {
            List<RecordedEvent> events = RecordingFile.readAllEvents(record(jdk, one, other));

            RecordedEvent scope = events.stream()
                    .filter(event -> event.getEventType().getName().equals("waybill.ContainerScope"))
                    .filter(event -> event.getBoolean("endedElsewhere"))
                    .reduce((first, second) -> {
                        throw new AssertionError("recorded twice");
                    })
                    .orElseThrow();
            assertThat(scope.getThread().getJavaName()).isEqualTo("elsewhere");
            assertThat(scope.getDuration()).isEqualTo(Duration.ZERO);
            assertThat(scope.getString("containerId")).isEqualTo(one.id());
        }
    }

    @OnBothJdks
    void theToolOfTheNewestJdkShowsTheContainerBesideWhatTheThreadDid(Jdk jdk) throws Exception {
        try (HostedContainer one = HostedContainer.start(folder);
                HostedContainer other = HostedContainer.start(folder)) {
            Path recording = record(jdk, one, other);

            String ofOne = "Context: ContainerScope.containerName = \"" + one.id() + "\"";
            String ofOther = "Context: ContainerScope.containerName = \"" + other.id() + "\"";
            assertThat(printed(recording, "jdk.ObjectAllocationSample", "main")).anyMatch(each -> each.contains(ofOne));
            assertThat(printed(recording, "jdk.JavaExceptionThrow", "main")).anyMatch(each -> each.contains(ofOne));
            assertThat(printed(recording, "jdk.ThreadSleep", "main")).anyMatch(each -> each.contains(ofOne));
            if (jdk.feature() >= 25) {
                assertThat(printed(recording, "jdk.CPUTimeSample", "\"sampled\""))
                        .anyMatch(each -> each.contains(ofOne));
                assertThat(printed(recording, "jdk.ThreadSleep", ", virtual)"))
                        .singleElement()
                        .asString()
                        .contains(ofOther);
            }
            List<String> nested = printed(recording, "jdk.ThreadSleep", "\"nested\"");
            assertThat(nested).hasSize(4);
            assertThat(nested.get(0)).contains(ofOne).doesNotContain(ofOther);
            assertThat(nested.get(1)).contains(ofOther);
            assertThat(nested.get(2)).contains(ofOne).doesNotContain(ofOther);
            assertThat(nested.get(3)).doesNotContain("Context:");
            assertThat(printed(recording, "jdk.ThreadSleep", "\"elsewhere\""))
                    .singleElement()
                    .asString()
                    .doesNotContain("Context:");
        }
    }

    private Path record(Jdk jdk, HostedContainer one, HostedContainer other) throws Exception {
        Path recording = folder.resolve("scopes.jfr");
        Files.deleteIfExists(recording);
        String cpuTime = jdk.feature() >= 25 ? ",jdk.CPUTimeSample#enabled=true" : "";
        Outcome outcome = ChildJvm.on(jdk)
                .options(
                        "-Xlog:jfr+startup=off",
                        "-XX:StartFlightRecording:filename=" + recording + ",jdk.ThreadSleep#threshold=1ms,"
                                + "jdk.JavaExceptionThrow#enabled=true" + cpuTime)
                .agent("")
                .run(ScopeProgram.class, Long.toString(one.initPid()), Long.toString(other.initPid()));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).last().isEqualTo("done");
        return recording;
    }

    /** The events as {@code jfr print} of JDK 25 shows them, also those that an older JDK recorded. */
    private static List<String> printed(Path recording, String type, String with) throws Exception {
        Outcome outcome = ChildJvm.tool(Jdk.newest(), "jfr")
                .runCommand("print", "--events", type, "--stack-depth", "1", recording.toString());
        return Stream.of(String.join("\n", outcome.out()).split("\n\n"))
                .filter(event -> event.contains(with))
                .toList();
    }

    private static List<RecordedEvent> onThread(List<RecordedEvent> events, String type, String thread) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getThread().getJavaName().equals(thread))
                .toList();
    }
}
