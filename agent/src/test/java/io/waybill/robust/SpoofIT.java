// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.Cgroups;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Who may make cgroups below its own names them after another container: what that changes, and what it does not. */
class SpoofIT {
    private static final String OTHER = "fedcba9876543210".repeat(4);

    @TempDir
    private Path folder;

    @OnBothJdks
    void aGroupBelowOnesOwnChangesTheIdAndNeitherThePathNorTheInit(Jdk jdk) throws Exception {
        try (DockerLookalike container = DockerLookalike.running(folder, "sh", "-c", "echo ready; read wait")) {
            container.keep(container.config(""));
            Path own =
                    Files.createDirectories(container.cgroup().resolve("docker").resolve(OTHER));
            Files.writeString(own.resolve("cgroup.procs"), Long.toString(container.initPid()));

            Outcome outcome = ChildJvm.on(jdk)
                    .startedBy(container.prefix())
                    .agent("period=100ms")
                    .run(
                            FaultProgram.class,
                            "agent=on",
                            "resolve=" + container.initPid(),
                            "identity=" + container.initPid());

            Files.writeString(container.cgroup().resolve("cgroup.procs"), Long.toString(container.initPid()));
            Cgroups.remove(own);
            Cgroups.remove(own.getParent());
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains("resolve container Known[pid=" + container.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]");
            assertThat(outcome.out()).last().asString().isEqualTo("done");
            assertThat(outcome.out())
                    .anyMatch(line -> line.startsWith("identity ")
                            && line.contains("id=" + OTHER)
                            && line.contains("/docker/" + DockerLookalike.ID + "/docker/" + OTHER));
        }
    }
}
