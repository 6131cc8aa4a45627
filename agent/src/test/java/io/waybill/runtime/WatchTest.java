// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.resolve.Answers;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final int PROCESSES = 400;
    /** What one look takes, however many processes there are; a boxed pid for each would be 16 bytes more for each. */
    private static final long BYTES_OF_A_LOOK = 2048;

    private static final IdentitySettings SETTINGS =
            new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());

    private static final ProcessLists.Difference NOTHING = new ProcessLists.Difference() {
        @Override
        public void gone(long pid) {}

        @Override
        public void came(long pid) {}
    };

    @Test
    void aKnownProcessTakesNoMemory() throws Exception {
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "i=0; while [ $i -lt " + PROCESSES + " ]; do sleep 1000 & i=$((i+1)); done; "
                                + "echo ready; read wait; kill $(jobs -p)")
                .start();
        try (Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, message -> {})) {
            assertThat(shell.inputReader().readLine()).isEqualTo("ready");
            ProcessLists before = list(answers);
            ProcessLists now = list(answers);
            assertThat(now.size()).isGreaterThan(PROCESSES);

            // until the compiler is done; what comes and goes on the machine meanwhile is looked at elsewhere
            long least = Long.MAX_VALUE;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (least > BYTES_OF_A_LOOK && System.nanoTime() < end) {
                least = Math.min(least, allocatedBy(answers, before, now));
            }

            assertThat(least).isLessThanOrEqualTo(BYTES_OF_A_LOOK);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    @Test
    void aProcessThatCameAndWentBetweenTwoLooksIsNotToldOfAgain() throws Exception {
        try (Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, message -> {})) {
            LookingAgent agent = new LookingAgent(answers);
            Watch watch = agent.watch();
            watch.pass();
            Process process = new ProcessBuilder("sleep", "1000").start();
            watch.executed(answers.resolver().resolve(process.pid()));
            assertThat(agent.toldOf()).contains(process.pid());

            process.destroyForcibly().waitFor();
            watch.pass();
            agent.toldOf().clear();
            watch.replay();

            assertThat(agent.toldOf()).isNotEmpty().doesNotContain(process.pid());
        }
    }

    @Test
    void aProcessThatAnEventLedToIsNotToldOfAgainByTheNextLook() throws Exception {
        try (Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, message -> {})) {
            LookingAgent agent = new LookingAgent(answers);
            Watch watch = agent.watch();
            watch.pass();
            Process process = new ProcessBuilder("cat").start();
            awaitCommand(process.pid(), "cat");

            watch.executed(answers.resolver().resolve(process.pid()));
            watch.pass();
            watch.pass();

            assertThat(agent.toldOf()).containsOnlyOnce(process.pid());
            process.outputWriter().close();
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void aProcessJoinedIfItsParentIsOutsideAlsoWhereNoLookHasSeenThatOne() throws Exception {
        Needs.root();
        try (Unshared namespace = Unshared.running("sh", "-c", "(sleep 600 & echo ready; wait) & read wait");
                Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, message -> {})) {
            long shell = Unshared.onlyChildOf(namespace.initPid());
            long born = Unshared.onlyChildOf(shell);
            Process nsenter = new ProcessBuilder(
                            "nsenter",
                            "-t",
                            Long.toString(namespace.initPid()),
                            "-p",
                            "sh",
                            "-c",
                            "echo in; read wait; exit 0")
                    .start();
            assertThat(nsenter.inputReader().readLine()).isEqualTo("in");
            long entered = Unshared.onlyChildOf(nsenter.pid());
            Watch watch = new LookingAgent(answers).watch();

            assertThat(watch.joined(answers.resolver().resolve(born))).isFalse();
            assertThat(watch.joined(answers.resolver().resolve(entered))).isTrue();

            nsenter.outputWriter().close();
            assertThat(nsenter.waitFor()).isZero();
        }
    }

    @Test
    void aContainerIsToldOfWhileTheFirstLookStillGoesOn() throws Exception {
        Needs.root();
        List<Long> lookedAtLater = new ArrayList<>();
        try (Unshared namespace = Unshared.start();
                Unshared later = Unshared.start();
                Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, message -> {})) {
            LookingAgent agent = new LookingAgent(answers);
            agent.beforeEach(pid -> {
                if (hasStarted(agent, namespace)) {
                    lookedAtLater.add(pid);
                }
            });

            agent.watch().pass();

            assertThat(lookedAtLater).contains(later.initPid());
            assertThat(agent.started())
                    .extracting(ContainerEntry::initPid)
                    .doesNotHaveDuplicates()
                    .contains(namespace.initPid(), later.initPid());
        }
    }

    @Test
    void aContainerThatStartsDuringALongLookNeedNotWaitForItsEnd() throws Exception {
        Needs.root();
        List<Long> lookedAtLater = new ArrayList<>();
        try (Unshared namespace = Unshared.start();
                Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, message -> {})) {
            LookingAgent agent = new LookingAgent(answers);
            agent.beforeEach(pid -> {
                if (pid == ProcessHandle.current().pid()) {
                    Resolution found = answers.resolver().resolve(namespace.initPid());
                    agent.watch().found().add(found);
                }
                if (hasStarted(agent, namespace)) {
                    lookedAtLater.add(pid);
                }
            });

            agent.watch().pass();

            assertThat(lookedAtLater).contains(namespace.initPid());
            assertThat(agent.watch().found().isEmpty()).isTrue();
        }
    }

    /** Until it has executed it, a child is its parent's copy. */
    private static void awaitCommand(long pid, String command) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals(command)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static boolean hasStarted(LookingAgent agent, Unshared namespace) {
        return agent.started().stream().anyMatch(each -> each.initPid() == namespace.initPid());
    }

    /** What a look does about every process, known or not. */
    private static long allocatedBy(Answers answers, ProcessLists before, ProcessLists now) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadAllocatedBytes();
        now.clear();
        answers.listProcesses(now::add);
        now.differences(before, NOTHING);
        return threads.getCurrentThreadAllocatedBytes() - start;
    }

    private static ProcessLists list(Answers answers) throws IOException {
        ProcessLists list = new ProcessLists();
        answers.listProcesses(list::add);
        return list;
    }
}
