// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.runtime.program.UsageProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.BlockDevice;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.LimitedGroup;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/** What a container uses stands in the recording of the JVM beside it, and in a stream of it. */
class UsageIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void aContainerThatMeetsItsLimitIsSeenThrottled(Jdk jdk) throws Exception {
        try (LimitedContainer noisy = LimitedContainer.spinning()) {
            Path recording = folder.resolve("usage.jfr");
            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                    .agent("period=200ms")
                    .run(UsageProgram.class, noisy.id(), "4", "throttled");

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().get(0)).isEqualTo("cpu NaN throttled NaN");
            List<RecordedEvent> all = RecordingFile.readAllEvents(recording);
            List<RecordedEvent> usage = of(all, "waybill.ContainerUsage", noisy);
            assertThat(usage.get(0).getFloat("cpuUsage")).isNaN();
            assertThat(usage.subList(1, usage.size())).hasSizeGreaterThan(1).allSatisfy(event -> {
                assertThat(event.getFloat("cpuUsage")).isBetween(0.001f, 0.5f);
                assertThat(event.getFloat("throttled")).isBetween(0f, 1f);
                assertThat(event.getLong("memoryLimit")).isEqualTo(LimitedContainer.MEMORY_LIMIT);
                assertThat(event.getLong("memory")).isBetween(1L, LimitedContainer.MEMORY_LIMIT);
                assertThat(event.getLong("tasks")).isEqualTo(1);
            });
            assertThat(usage).anyMatch(UsageIT::isThrottled);
            List<RecordedEvent> pressure = of(all, "waybill.ContainerPressure", noisy);
            // the JVM may end between the two of a look
            int looks = noisy.hasPressure() ? usage.size() : 0;
            assertThat(pressure).hasSizeBetween(Math.max(0, looks - 1), looks);
            assertThat(pressure.stream().skip(1)).allSatisfy(event -> {
                assertThat(event.getFloat("cpuPressure")).isBetween(0f, 1f);
                assertThat(event.getDuration("cpuPressureTime")).isPositive();
            });
            RecordedEvent last = last(of(all, "waybill.ContainerTotals", noisy));
            assertThat(last.getDuration("cpuTime")).isPositive();
            assertThat(last.getDuration("throttledTime")).isPositive();
            assertThat(last.getLong("throttledPeriods")).isPositive();
            assertThat(last.getDouble("cpuLimit")).isEqualTo(LimitedContainer.CPU_LIMIT);
            assertThat(last.getLong("tasksLimit")).isEqualTo(LimitedContainer.TASKS_LIMIT);
        }
    }

    @OnBothJdks
    void theLimitsOfAGroupAroundItHold(Jdk jdk) throws Exception {
        Needs.root();
        try (LimitedGroup pod = LimitedGroup.make();
                LimitedContainer noisy = LimitedContainer.spinningIn(pod)) {
            Path recording = folder.resolve("pod.jfr");
            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                    .agent("period=200ms")
                    .run(UsageProgram.class, noisy.id(), "3", "throttled");

            assertThat(outcome.err()).isEmpty();
            List<RecordedEvent> all = RecordingFile.readAllEvents(recording);
            List<RecordedEvent> usage = of(all, "waybill.ContainerUsage", noisy);
            assertThat(last(usage).getLong("memoryLimit")).isEqualTo(LimitedGroup.MEMORY_LIMIT);
            assertThat(usage).anyMatch(UsageIT::isThrottled);
            RecordedEvent totals = last(of(all, "waybill.ContainerTotals", noisy));
            assertThat(totals.getDouble("cpuLimit")).isEqualTo(LimitedGroup.CPU_LIMIT);
            assertThat(totals.getLong("tasksLimit")).isEqualTo(LimitedGroup.TASKS_LIMIT);
        }
    }

    @OnBothJdks
    void aSetOfProcessorsIsALimitAndWhatGoesToADeviceIsCounted(Jdk jdk) throws Exception {
        Needs.root();
        Needs.that(Runtime.getRuntime().availableProcessors() > 1, "a second processor is needed");
        // an overlay has no device, and then nothing is missing on the machine that could be brought
        Optional<BlockDevice> device = BlockDevice.of(Path.of(System.getProperty("java.io.tmpdir")));
        assumeTrue(device.isPresent(), "temporary files are not on a block device");
        try (LimitedContainer pinned = LimitedContainer.pinned();
                LimitedContainer copying = LimitedContainer.copying(device.get())) {
            Path recording = folder.resolve("disk.jfr");
            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                    .agent("period=200ms")
                    .run(UsageProgram.class, copying.id(), "3");

            assertThat(outcome.err()).isEmpty();
            List<RecordedEvent> all = RecordingFile.readAllEvents(recording);
            assertThat(last(of(all, "waybill.ContainerTotals", pinned)).getDouble("cpuLimit"))
                    .isEqualTo(1);
            RecordedEvent totals = last(of(all, "waybill.ContainerTotals", copying));
            assertThat(totals.getDouble("cpuLimit")).isZero();
            for (String direction : List.of("bytesRead", "bytesWritten")) {
                double counted = of(all, "waybill.ContainerUsage", copying).stream()
                        .mapToDouble(event -> event.getDouble(direction))
                        .sum();
                assertThat(counted).isPositive().isLessThanOrEqualTo(totals.getDouble(direction));
            }
        }
    }

    @OnBothJdks
    void theShippedSettingsMergeWithThoseOfTheJdk(Jdk jdk) throws Exception {
        try (LimitedContainer quiet = LimitedContainer.sleeping()) {
            Outcome printed =
                    ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "jfc");
            Path shipped = Files.write(folder.resolve("waybill.jfc"), printed.out());
            Path merged = folder.resolve("merged.jfc");
            Outcome configured = ChildJvm.tool(jdk, "jfr")
                    .runCommand(
                            "configure",
                            "--input",
                            "default.jfc," + shipped,
                            "--output",
                            merged.toString(),
                            "waybill-usage-period=300ms",
                            "waybill-detail=containers",
                            "waybill-scope-threshold=5ms");
            assertThat(configured.exitCode()).as(configured.toString()).isZero();

            Path recording = folder.resolve("merged.jfr");
            Outcome outcome = ChildJvm.on(jdk)
                    .options(
                            "-Xlog:jfr+startup=off",
                            "-XX:StartFlightRecording=filename=" + recording + ",settings=" + merged)
                    .agent("period=200ms")
                    .run(UsageProgram.class, quiet.id(), "2");

            assertThat(outcome.err()).isEmpty();
            List<RecordedEvent> all = RecordingFile.readAllEvents(recording);
            assertThat(of(all, "waybill.ContainerUsage", quiet)).isNotEmpty();
            assertThat(names(all))
                    .contains("waybill.Container", "waybill.ContainerTotals", "jdk.JVMInformation")
                    .doesNotContain("waybill.ProcessObserved", "waybill.InitResolution");
            assertThat(settingsOf(recording, "waybill.ContainerUsage")).containsEntry("period", "300 ms");
        }
    }

    /** In each of its periods, unless others leave it no more than it may have. */
    private static boolean isThrottled(RecordedEvent event) {
        return event.getFloat("throttled") > 0.2f;
    }

    private static RecordedEvent last(List<RecordedEvent> events) {
        return events.get(events.size() - 1);
    }

    private static Map<String, String> settingsOf(Path recording, String type) throws Exception {
        try (RecordingFile file = new RecordingFile(recording)) {
            long id = file.readEventTypes().stream()
                    .filter(each -> each.getName().equals(type))
                    .findFirst()
                    .orElseThrow()
                    .getId();
            return RecordingFile.readAllEvents(recording).stream()
                    .filter(event -> event.getEventType().getName().equals("jdk.ActiveSetting"))
                    .filter(event -> event.getLong("id") == id)
                    .collect(Collectors.toMap(
                            event -> event.getString("name"), event -> event.getString("value"), (one, other) -> one));
        }
    }

    private static Set<String> names(List<RecordedEvent> events) {
        return events.stream().map(event -> event.getEventType().getName()).collect(Collectors.toSet());
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String type, LimitedContainer container) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getString("containerId").equals(container.id()))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }
}
