// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.resolve.Answers;
import io.waybill.testing.Cgroups;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A runtime starts a container: its own process enters the cgroup first, and makes the pid namespace then. */
class StartingContainerTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    private Answers answers;
    private LookingAgent agent;
    private Watch watch;
    private Path group;
    /** The process that made the namespace is the runtime; the namespace's init is that of the container. */
    private Unshared container;

    @BeforeEach
    void begin() throws IOException {
        Needs.root();
        Path hierarchy = Cgroups.writableHierarchy();
        group = Files.createDirectory(hierarchy.resolve("crio-" + ID + ".scope"));
        answers = Answers.wire(
                64, new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of()), StepLog.NONE, m -> {});
        agent = new LookingAgent(answers);
        watch = agent.watch();
        watch.pass(); // the first look takes longest, and a process is young for two seconds only
        container = Unshared.start();
    }

    @AfterEach
    void end() throws Exception {
        if (answers != null) {
            answers.close();
        }
        if (container != null) {
            container.close();
        }
        if (group != null) {
            Cgroups.remove(group);
        }
    }

    @Test
    void itIsNotTakenForOneInTheHostsNamespace() throws Exception {
        enter(container.makerPid());
        watch.executed(answers.resolver().resolve(container.makerPid()));
        watch.pass();
        assertThat(startedWith()).isEmpty();
        assertThat(agent.toldOf()).contains(container.makerPid());

        enter(container.initPid());
        watch.pass();

        assertThat(startedWith()).containsExactly(container.initPid());
    }

    @Test
    void oneThatStaysInTheHostsNamespaceIsSeenOnceItsProcessHasSettled() throws Exception {
        enter(container.makerPid());
        watch.pass();
        assertThat(startedWith()).isEmpty();

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (startedWith().isEmpty() && System.nanoTime() < end) {
            watch.pass();
        }

        assertThat(startedWith()).containsExactly(1L);
        assertThat(agent.toldOf()).containsOnlyOnce(container.makerPid());
    }

    @Test
    void oneThatEndedBeforeItWasTakenInIsToldOf() throws Exception {
        enter(container.initPid());
        Resolution executed = answers.resolver().resolve(container.initPid());
        container.close();
        ProcessHandle.of(container.initPid())
                .ifPresent(handle -> handle.onExit().join());

        watch.executed(executed);

        assertThat(startedWith()).containsExactly(container.initPid());
    }

    @Test
    void oneThatIsRestartedIsNotTakenForThatEither() throws Exception {
        enter(container.initPid());
        watch.pass();
        container.close();
        ProcessHandle.of(container.initPid())
                .ifPresent(handle -> handle.onExit().join());
        try (Unshared next = Unshared.start()) {
            enter(next.makerPid());
            watch.pass();
            enter(next.initPid());
            watch.pass();

            assertThat(startedWith()).containsExactly(container.initPid(), next.initPid());
        }
    }

    private void enter(long pid) throws IOException {
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
        assertThat(answers.resolver().resolve(pid).container())
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(ID));
    }

    /** The inits that the container was told of with. */
    private List<Long> startedWith() {
        return agent.started().stream()
                .filter(entry -> entry.identity() instanceof ContainerIdentity found
                        && found.id().equals(ID))
                .map(ContainerEntry::initPid)
                .toList();
    }
}
