// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStat;
import io.waybill.resolve.Answers;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages in which an init of runc may be met, which on a busy machine last: it is told of once, as its container. */
class RuntimeStagesTest {
    private static final String INIT = """
            printf 'runc:[1:CHILD]' >/proc/self/comm; echo ready; until read next <"$0"; do :; done
            printf 'runc:[2:INIT]' >/proc/self/comm; until read next <"$0"; do :; done
            exec sleep 1000""";

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
            LookingAgent agent = new LookingAgent(answers);
            Watch watch = agent.watch();
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

                assertThat(agent.started())
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
}
