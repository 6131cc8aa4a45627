// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStat;
import io.waybill.resolve.Answers;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages in which an init of runc may be met, which on a busy machine last: it is told of once, as its container. */
class RuntimeStagesTest {
    private static final String INIT = """
            printf 'runc:[1:CHILD]' >/proc/self/comm; echo ready; until read next <"$0"; do :; done
            printf 'runc:[2:INIT]' >/proc/self/comm; until read next <"$0"; do :; done
            exec sleep 1000""";

    private final List<ContainerEntry> started = new ArrayList<>();
    private Path next;

    @TempDir
    private Path machine;

    @BeforeEach
    void makeFifo() throws Exception {
        Needs.root();
        next = machine.resolve("next");
        assertThat(new ProcessBuilder("mkfifo", next.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void metAtEachOfThemItIsOneContainer() throws Exception {
        IdentitySettings settings = new IdentitySettings(machine, machine, false, false, Map.of());
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> fail(message))) {
            ContainerTable table = new ContainerTable(
                    new EntryMaker(answers.resolver(), answers.processes()::read), Clock.systemUTC(), 100_000);
            table.listen(new Starts());
            Watch watch = new Watch(
                    answers,
                    answers.resolver(),
                    table,
                    answers.self(),
                    true,
                    (resolution, joined) -> {},
                    message -> fail(message));
            watch.pass();
            try (Unshared container = Unshared.running("sh", "-c", INIT, next.toString())) {
                long init = container.initPid();
                watch.pass();

                goOn(init, "runc:[2:INIT]");
                watch.pass();

                writeDown(init);
                goOn(init, "sleep");
                Resolution executed =
                        answers.resolver().named(answers.resolver().resolve(init));
                watch.executed(executed);
                watch.pass();

                assertThat(started)
                        .filteredOn(entry -> entry.initPid() == init)
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.displayName()).isEqualTo("web"));
            }
        }
    }

    private void goOn(long init, String command) throws IOException {
        Files.writeString(next, "next\n");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(Path.of("/proc/" + init + "/comm")).strip().equals(command)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void writeDown(long init) throws IOException {
        List<String> stat = new ProcFs(Path.of("/proc")).read(init, "stat").linesOrNone();
        Path state = Files.createDirectories(machine.resolve("run/runc/web")).resolve("state.json");
        Files.writeString(
                state,
                "{\"id\":\"web\",\"init_process_pid\":" + init + ",\"init_process_start\":"
                        + ProcStat.parse(stat.get(0)).startTicks() + ",\"cgroup_paths\":{}}");
    }

    private final class Starts implements ContainerListener {
        @Override
        public void started(ContainerEntry container) {
            started.add(container);
        }

        @Override
        public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {}
    }
}
