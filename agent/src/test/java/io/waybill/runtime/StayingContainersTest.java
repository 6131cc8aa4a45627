// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.PidResolver;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.namespace.Unshared;
import io.waybill.resolve.Answers;
import io.waybill.testing.Needs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a container for the looks at all processes, and what does not. */
class StayingContainersTest {
    private static final ContainerIdentity OWN = new ContainerIdentity(
            "own-container",
            ContainerRuntime.DOCKER,
            null,
            null,
            null,
            false,
            Map.of(),
            "/docker/own-container",
            new Provenance(Provenance.Source.CGROUP, "docker", "/docker/own-container"),
            List.of());

    @TempDir
    private Path machine;

    private final List<String> told = new ArrayList<>();

    /** As in most JVMs in a container: its processes are not recorded, but what it runs in is. */
    @Test
    void theContainerThatThisJvmRunsInIsThereForAsLongAsItRuns() {
        long ownPid = ProcessHandle.current().pid();
        try (Answers answers = answers()) {
            PidResolver inside = pid -> pid == ownPid
                    ? in(OWN, answers.resolver().resolve(pid))
                    : answers.resolver().resolve(pid);
            ContainerTable table = table(answers, inside);
            Watch watch = new Watch(answers, inside, table, OWN, false, (process, joined) -> {}, message -> {});
            table.observed(inside.resolve(ownPid));

            watch.pass();
            watch.pass();

            assertThat(told)
                    .filteredOn(line -> line.endsWith("own-container"))
                    .containsExactly("started own-container");
            assertThat(table.entryOf(inside.resolve(ownPid))).isPresent();
        }
    }

    @Test
    void aContainerThatAtTheNextLookNobodyCanLookAtHasNotEnded() throws Exception {
        Needs.root();
        AtomicBoolean out = new AtomicBoolean();
        try (Unshared namespace = Unshared.start();
                Answers answers = answers()) {
            PidResolver resolver = pid -> out.get()
                    ? new Resolution.Unanswered(pid, "too many open files")
                    : answers.resolver().resolve(pid);
            ContainerTable table = table(answers, resolver);
            Watch watch =
                    new Watch(answers, resolver, table, answers.self(), true, (process, joined) -> {}, message -> {});
            watch.pass();
            String name = "pid:[" + Unshared.inodeOf(namespace.initPid()) + "]";
            assertThat(told).contains("started " + name);

            out.set(true); // while it is so young that it is looked at again
            watch.pass();

            assertThat(told).doesNotContain("ended " + name);
        }
    }

    /** On a machine where no runtime has written anything down. */
    private Answers answers() {
        return Answers.wire(
                64, new IdentitySettings(machine, machine, false, false, Map.of()), StepLog.NONE, message -> {});
    }

    private ContainerTable table(Answers answers, PidResolver resolver) {
        EntryMaker maker = new EntryMaker(resolver, answers.processes()::read);
        ContainerTable table = new ContainerTable(maker, Clock.systemUTC(), 100_000);
        table.listen(new ContainerListener() {
            @Override
            public void started(ContainerEntry container) {
                told.add("started " + container.displayName());
            }

            @Override
            public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
                told.add("ended " + container.displayName());
            }
        });
        return table;
    }

    private static Resolution in(ContainerIdentity container, Resolution resolution) {
        Resolution.Resolved resolved = (Resolution.Resolved) resolution;
        return new Resolution.Resolved(resolved.process(), resolved.namespace(), resolved.init(), container);
    }
}
