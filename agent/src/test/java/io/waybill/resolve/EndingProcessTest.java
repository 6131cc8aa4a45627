// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.StepLog;
import io.waybill.testing.CProgram;
import io.waybill.testing.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On version 1 of cgroups the kernel shows a thread that has begun to end in the root. */
class EndingProcessTest {
    private static final IdentitySettings SETTINGS =
            new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());

    private final String id =
            String.format("%064x", 0xe0d0000000000000L | ProcessHandle.current().pid());
    private Path cgroup;
    private Process holder;

    @BeforeEach
    void makeCgroup() throws IOException {
        cgroup = Files.createDirectory(Cgroups.writableHierarchy().resolve("docker-" + id + ".scope"));
    }

    @AfterEach
    void removeCgroup() throws Exception {
        if (holder != null) {
            holder.getOutputStream().close();
            holder.waitFor();
        }
        if (cgroup != null) {
            Cgroups.remove(cgroup);
        }
    }

    @Test
    void theContainerOfAProcessWhoseLeaderEndedIsThatOfItsOtherThreads() throws Exception {
        Resolution resolution = resolve(start("leader"));

        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolution.Resolved.class,
                        resolved -> assertThat(resolved.identity())
                                .isInstanceOfSatisfying(
                                        ContainerIdentity.class,
                                        container -> assertThat(container.id()).isEqualTo(id)));
    }

    @Test
    void aProcessThatIsEndingIsGoneAndNotInTheHostsRoot() throws Exception {
        Resolution resolution = resolve(start("init"));

        // version 2 shows its cgroup to the end
        assertThat(resolution)
                .satisfiesAnyOf(
                        answer -> assertThat(answer)
                                .isInstanceOfSatisfying(
                                        Resolution.Gone.class,
                                        gone -> assertThat(gone.reason()).endsWith(" is ending")),
                        answer -> assertThat(answer)
                                .isInstanceOfSatisfying(
                                        Resolution.Resolved.class,
                                        resolved -> assertThat(resolved.identity())
                                                .isInstanceOfSatisfying(
                                                        ContainerIdentity.class,
                                                        container -> assertThat(container.id())
                                                                .isEqualTo(id))));
    }

    private long start(String what) throws Exception {
        holder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo $$ > \"$1\"/cgroup.procs; exec \"$2\" \"$3\"",
                        "sh",
                        cgroup.toString(),
                        CProgram.compiled("ending").toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return Long.parseLong(Objects.requireNonNull(holder.inputReader().readLine()));
    }

    private static Resolution resolve(long pid) {
        try (Answers answers = Answers.wire(64, SETTINGS, StepLog.NONE, complaint -> {})) {
            return answers.resolver().resolve(pid);
        }
    }
}
