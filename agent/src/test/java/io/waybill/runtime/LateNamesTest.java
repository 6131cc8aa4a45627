// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.resolve.AgeingAnswers;
import io.waybill.resolve.Answers;
import io.waybill.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a runtime keeps of a container cannot be read while it is young, nor for a while after. */
class LateNamesTest {
    @TempDir
    private Path machine = Path.of("");

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aContainerWhoseStateCouldNotBeReadAtFirstIsNamedOnceItCan() throws Exception {
        Needs.root();
        Path state = machine.resolve("run/runc/web/state.json");
        Files.createDirectories(state); // which is no file
        IdentitySettings settings = new IdentitySettings(machine, machine, false, false, Map.of());
        try (Unshared namespace = Unshared.start();
                Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> {})) {
            LookingAgent agent = new LookingAgent(answers);
            long init = namespace.initPid();
            do {
                Thread.sleep(100);
                agent.watch().pass();
            } while (!answers.resolver().isSettled(answers.resolver().resolve(init)));
            agent.watch().pass();
            assertThat(answers.resolver().resolve(init).container()).isEmpty();

            Files.delete(state);
            write(state, init);
            while (of(init, agent.started()).size() < 2) {
                Thread.sleep(100);
                agent.watch().pass();
            }

            assertThat(answers.resolver().resolve(init).container())
                    .hasValueSatisfying(container -> assertThat(container.id()).isEqualTo("web"));
            assertThat(of(init, agent.started()))
                    .last()
                    .extracting(ContainerEntry::displayName)
                    .isEqualTo("web");
            assertThat(of(init, agent.ended())).hasSize(1);
        }
    }

    /** The clock goes on while it is looked at: it may be young in one step of the look and settled in the next. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void inWhicheverStepOfALookItSettlesItIsNamedLaterAllTheSame(int step) throws Exception {
        Needs.root();
        Path state = machine.resolve("run/runc/web/state.json");
        Files.createDirectories(state);
        IdentitySettings settings = new IdentitySettings(machine, machine, false, false, Map.of());
        AgeingAnswers clock = new AgeingAnswers();
        try (Unshared namespace = Unshared.start();
                Answers answers = clock.wire(settings)) {
            LookingAgent agent = new LookingAgent(answers);
            long init = namespace.initPid();
            agent.watch().pass();
            agent.beforeEach(pid -> {
                if (pid == init) {
                    clock.growOldAfter(step);
                }
            });
            agent.watch().pass();

            Files.delete(state);
            write(state, init);

            while (answers.resolver().resolve(init).container().isEmpty()) {
                Thread.sleep(100);
                agent.watch().pass();
            }
        }
    }

    private static void write(Path state, long init) throws Exception {
        Files.writeString(
                state,
                "{\"id\":\"web\",\"init_process_pid\":" + init + ",\"init_process_start\":" + startTicks(init)
                        + ",\"cgroup_paths\":{}}");
    }

    private static List<ContainerEntry> of(long init, List<ContainerEntry> entries) {
        return entries.stream().filter(each -> each.initPid() == init).toList();
    }

    private static String startTicks(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    }
}
