// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import io.waybill.cgroupfs.CgroupFs;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.procfs.ProcFs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final long INIT = 10;

    private final ContainerTable table = new ContainerTable(
            new EntryMaker(pid -> new Resolution.Gone(pid, "", null), pid -> Optional.empty()), Clock.systemUTC(), 100);

    @Test
    void anInitThatExecutesWithoutEndDoesNotFillTheRecording(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("flight.jfr");
        try (jdk.jfr.Recording running = new jdk.jfr.Recording()) {
            running.start();
            Recording recording = whenUsed(folder, Runnable::run);
            table.listen(recording);
            try {
                for (int i = 0; i < 1000; i++) {
                    table.observed(init("program-" + i));
                }
                running.stop();
                running.dump(file);
            } finally {
                recording.close();
                Recording.EVENTS.forEach(FlightRecorder::register); // as they are in a JVM that does not close it
            }
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("waybill.Container"))
                .toList();
        assertThat(events).hasSizeBetween(2, 4);
        assertThat(events.get(events.size() - 1).getString("initCommand")).isEqualTo("program-999");
    }

    @Test
    void whatWasToBeginIsNotBegunAfterTheEnd(@TempDir Path folder) {
        Queue<Runnable> changes = new ArrayDeque<>();
        try (jdk.jfr.Recording running = new jdk.jfr.Recording()) {
            running.start();
            Recording recording = whenUsed(folder, changes::add);
            assertThat(changes).isNotEmpty();

            recording.close();
            changes.forEach(Runnable::run);

            boolean isInUse = recording.inUse();
            recording.close(); // should it be, nothing of it stays for other tests
            Recording.EVENTS.forEach(FlightRecorder::register);
            assertThat(isInUse).isFalse();
        }
    }

    private Recording whenUsed(Path folder, Executor changes) {
        return Recording.whenUsed(
                new Usages(table, new CgroupFs(new ProcFs(folder), folder)),
                RecordedScopesTest.noFigures(),
                Runnable::run,
                changes,
                () -> {});
    }

    private static Resolution init(String command) {
        return new Resolution.Resolved(
                new ObservedProcess(INIT, 1, 1, command, Instant.EPOCH),
                new PidNamespace(new NamespaceId(4, 2), null, 1, List.of(new NamespaceId(4, 1))),
                new Init.Known(INIT, InitWay.PROC_SCAN),
                new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "no rule", "/web"));
    }
}
