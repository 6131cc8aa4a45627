// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.runtime.program.FloodProgram;
import io.waybill.runtime.program.HostProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger finds in the recording of a host JVM. */
class RecordingIT {
    private static final String SLEEPING_INIT = "echo ready; read wait";

    @TempDir
    private Path folder;

    @OnBothJdks
    void everyNamespaceIsInTheRecordingWithItsInit(Jdk jdk) throws Exception {
        try (Unshared one = Unshared.start();
                Unshared two =
                        Unshared.running("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", SLEEPING_INIT)) {
            long nested = Unshared.onlyChildOf(two.initPid());

            List<RecordedEvent> events = record(jdk, "init=" + one.initPid(), "init=" + nested);

            RecordedEvent container = only(events, "waybill.Container", "initPid", one.initPid());
            assertThat(container.getLong("pidNamespace")).isEqualTo(Unshared.inodeOf(one.initPid()));
            assertThat(container.getString("initCommand")).isEqualTo("sh");
            RecordedEvent outer = only(events, "waybill.ContainerNamespace", "initPid", one.initPid());
            assertThat(outer.getLong("pidNamespace")).isEqualTo(Unshared.inodeOf(one.initPid()));
            assertThat(outer.getInt("depth")).isEqualTo(1);
            assertThat(outer.getInstant("initStart")).isBefore(outer.getStartTime());
            RecordedEvent source =
                    only(events, "waybill.ContainerSource", "pidNamespace", outer.getLong("pidNamespace"));
            assertThat(source.getString("provenance")).isNotEmpty();
            RecordedEvent inner = only(events, "waybill.ContainerNamespace", "initPid", nested);
            assertThat(inner.getInt("depth")).isEqualTo(2);
            assertThat(inner.getLong("parentPidNamespace")).isEqualTo(Unshared.inodeOf(two.initPid()));
            RecordedEvent process = only(events, "waybill.ProcessObserved", "pid", nested);
            assertThat(process.getString("origin")).isEqualTo("proc");
            assertThat(process.getLong("pidInside")).isEqualTo(1);
            assertThat(process.getLong("initPid")).isEqualTo(nested);
            assertThat(only(events, "waybill.InitResolution", "pid", nested).getString("way"))
                    .isNotEmpty();
        }
    }

    @OnBothJdks
    void aRecordingThatStartsWhileTheAgentHasTooMuchToDoHasItsEvents(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent("").run(FloodProgram.class);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsExactly("recorded");
    }

    @OnBothJdks
    void aChildThatJoinedANamespaceAndOneThatEndedAtOnceAreRecorded(Jdk jdk) throws Exception {
        try (Unshared namespace = Unshared.start()) {
            Path recording = folder.resolve("host.jfr");
            Outcome outcome = host(jdk, recording)
                    .run(
                            HostProgram.class,
                            "run=nsenter --no-fork -t " + namespace.initPid() + " -p true",
                            "run=true",
                            "init=" + namespace.initPid());

            assertThat(outcome.err()).isEmpty();
            List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
            for (String line : outcome.out().subList(0, 2)) {
                long pid = Long.parseLong(line.substring("child ".length()));
                RecordedEvent child = events.stream()
                        .filter(is("waybill.ProcessObserved", "pid", pid))
                        .filter(event -> event.getString("origin").equals("child"))
                        .findFirst()
                        .orElseThrow();
                assertThat(child.getLong("pidNamespace")).isEqualTo(Unshared.inodeOf(ownPid()));
            }
        }
    }

    @OnBothJdks
    void theJvmItselfAndTheStatisticsAreRecorded(Jdk jdk) throws Exception {
        List<RecordedEvent> events = record(jdk);

        RecordedEvent self = events.stream()
                .filter(event -> event.getEventType().getName().equals("waybill.ProcessObserved"))
                .filter(event -> event.getString("origin").equals("self"))
                .findFirst()
                .orElseThrow();
        assertThat(self.getString("command")).isEqualTo("java");
        RecordedEvent statistics = events.stream()
                .filter(event -> event.getEventType().getName().equals("waybill.ResolverStatistics"))
                .findFirst()
                .orElseThrow();
        assertThat(statistics.getLong("resolutions")).isPositive();
        assertThat(statistics.getString("way")).isNotEmpty();
    }

    private List<RecordedEvent> record(Jdk jdk, String... arguments) throws IOException, InterruptedException {
        Path recording = folder.resolve("host.jfr");
        Outcome outcome = host(jdk, recording).run(HostProgram.class, arguments);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return RecordingFile.readAllEvents(recording);
    }

    private static ChildJvm host(Jdk jdk, Path recording) throws IOException {
        Files.deleteIfExists(recording);
        return ChildJvm.on(jdk)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("period=1s,children=eager");
    }

    private static RecordedEvent only(List<RecordedEvent> events, String type, String field, long value) {
        return events.stream().filter(is(type, field, value)).findFirst().orElseThrow();
    }

    private static Predicate<RecordedEvent> is(String type, String field, long value) {
        return event -> event.getEventType().getName().equals(type) && event.getLong(field) == value;
    }

    private static long ownPid() {
        return ProcessHandle.current().pid();
    }
}
