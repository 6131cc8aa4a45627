// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.AttachedProgram;
import io.waybill.namespace.Unshared;
import io.waybill.runtime.program.DegradedProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachCommandIT {
    /** Without it, 21 and later tell of every agent that comes after the start. */
    private static final String QUIET = "-XX:+EnableDynamicAgentLoading";

    @TempDir
    private Path folder;

    @OnBothJdks
    void aRunningJvmGetsTheAgentAndItsOptions(Jdk jdk) throws Exception {
        try (Unshared namespace = Unshared.start();
                RunningJvm jvm = ChildJvm.on(jdk)
                        .options(QUIET)
                        .start(DegradedProgram.class, Long.toString(namespace.initPid()))) {
            jvm.awaitAttachable();
            Outcome attached = attach(jdk, AgentJar.built(), jvm.pid(), "period=1s");

            assertThat(attached.exitCode()).isZero();
            assertThat(attached.out()).singleElement().asString().startsWith("The agent runs in " + jvm.pid());
            Outcome outcome = jvm.join();
            assertThat(outcome.out()).contains("outcome namespace", "init " + namespace.initPid(), "child 0");
            assertThat(outcome.err()).isEmpty();
        }
    }

    @OnBothJdks
    void anAgentThatRunsAlreadyKeepsItsOptionsAndThatIsTold(Jdk jdk) throws Exception {
        try (RunningJvm jvm = ChildJvm.on(jdk).options(QUIET).start(AttachedProgram.class)) {
            jvm.awaitLine("ready");
            attach(jdk, AgentJar.built(), jvm.pid(), "");

            Outcome again = attach(jdk, AgentJar.built(), jvm.pid(), "");
            Outcome others = attach(jdk, AgentJar.built(), jvm.pid(), "period=1s");

            assertThat(again.exitCode()).isZero();
            assertThat(again.out()).containsExactly("The agent runs in " + jvm.pid() + " already.");
            assertThat(others.exitCode()).isEqualTo(3);
            assertThat(others.err())
                    .containsExactly("waybill: the agent runs in " + jvm.pid()
                            + " already, with the options that it had; for others detach it first");
            jvm.terminate();
            assertThat(jvm.join().err()).isEmpty();
        }
    }

    @Test
    void wrongOptionsAreToldByTheCommandAndNothingIsLoaded() throws Exception {
        try (RunningJvm jvm = ChildJvm.on(Jdk.oldest()).options(QUIET).start(DegradedProgram.class, "1")) {
            jvm.awaitAttachable();
            Outcome attached = attach(Jdk.oldest(), AgentJar.built(), jvm.pid(), "period=1x,perod=2s");

            assertThat(attached.exitCode()).isEqualTo(2);
            assertThat(attached.err().get(0))
                    .startsWith("waybill: option period=1x: allowed is a time such as ")
                    .contains("option perod is unknown; known are ")
                    .endsWith("; nothing was loaded");
        }
    }

    @OnBothJdks
    void aJvmInAContainerGetsACopyThatIsRemovedAgain(Jdk jdk) throws Exception {
        Needs.root();
        Path jars = Files.createDirectory(folder.resolve("jars"));
        Path jar = Files.copy(AgentJar.built(), jars.resolve("waybill-agent.jar"));
        // a checkout below /tmp would be hidden too
        String tmp = ChildJvm.testClasses().startsWith("/tmp") ? "" : "mount -t tmpfs tmpfs /tmp && ";
        String hidden = "mount -t tmpfs tmpfs " + jars + " && " + tmp + "exec \"$@\"";

        try (RunningJvm unshare = ChildJvm.on(jdk)
                .startedBy("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
                .options(QUIET)
                .startedBy("sh", "-c", hidden, "sh")
                .start(DegradedProgram.class, "1")) {
            long pid = unshare.awaitOnlyChild();
            Outcome attached = attach(jdk, jar, pid, "");

            assertThat(attached.exitCode()).as(attached.toString()).isZero();
            Outcome outcome = unshare.join();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("outcome own namespace", "init 1", "child 0", "files in /tmp: 0");
        }
    }

    @Test
    void whatCannotBeAttachedToIsNamed() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        try {
            Outcome noJvm = attach(Jdk.oldest(), AgentJar.built(), sleep.pid(), "");
            Outcome nobody = attach(Jdk.oldest(), AgentJar.built(), ended.pid(), "");

            assertThat(noJvm.exitCode()).isEqualTo(3);
            assertThat(noJvm.err()).singleElement().asString().startsWith("waybill: " + sleep.pid() + " is no JVM");
            assertThat(sleep.isAlive()).isTrue();
            assertThat(nobody.exitCode()).isEqualTo(3);
            assertThat(nobody.err()).containsExactly("waybill: there is no process " + ended.pid());
        } finally {
            sleep.destroyForcibly();
        }
    }

    private static Outcome attach(Jdk jdk, Path jar, long pid, String options) throws Exception {
        return ChildJvm.on(jdk).runCommand("-jar", jar.toString(), "attach", Long.toString(pid), options);
    }
}
