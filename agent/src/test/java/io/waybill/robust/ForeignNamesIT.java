// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.Cgroups;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A container with letters in its name that the JVM's locale does not have, so that no path can be made of it. In a
 * container of its own a JVM has such a locale as a rule.
 */
class ForeignNamesIT {
    /** By the shell, since the JVM of the test may have such a locale too. */
    private static final String ENTER =
            "group=\"$1/lxc.payload.$(printf 'm\\303\\274lla')-$2\"; mkdir \"$group\" && echo \"$3\" >\"$group/cgroup.procs\"";

    private static final String LEAVE =
            "until rmdir \"$1/lxc.payload.$(printf 'm\\303\\274lla')-$2\"; do sleep 0.1; done";

    private Unshared container;

    @BeforeEach
    void start() throws Exception {
        Needs.root();
        container = Unshared.start();
        assertThat(shell(ENTER)).isZero();
    }

    @AfterEach
    void end() throws Exception {
        if (container != null) {
            container.close();
            shell(LEAVE);
        }
    }

    @OnBothJdks
    void isKnownAndHidesNoOther(Jdk jdk) throws Exception {
        try (Unshared other = Unshared.start()) {
            Outcome outcome = inC(jdk).agent("period=100ms")
                    .run(
                            FaultProgram.class,
                            "agent=on",
                            "seen=" + container.initPid(),
                            "seen=" + other.initPid(),
                            "identity=" + container.initPid());

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).anyMatch(line -> line.matches("identity .*id=m[?]+lla-.*"));
        }
    }

    @OnBothJdks
    void theCommandsShowIt(Jdk jdk) throws Exception {
        for (List<String> command : List.of(List.of("ps"), List.of("resolve", Long.toString(container.initPid())))) {
            String[] words = command.toArray(String[]::new);
            Outcome outcome =
                    inC(jdk).options("-jar", AgentJar.built().toString()).runCommand(words);

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.out()).anyMatch(line -> line.contains(Long.toString(container.initPid())));
        }
    }

    private int shell(String script) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        "sh",
                        Cgroups.writableHierarchy().toString(),
                        Long.toString(ProcessHandle.current().pid()),
                        Long.toString(container.initPid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static ChildJvm inC(Jdk jdk) {
        return ChildJvm.on(jdk).environment("LC_ALL", "C");
    }
}
