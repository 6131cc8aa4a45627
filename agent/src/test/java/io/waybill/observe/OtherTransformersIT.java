// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.observe.program.BrokenProgram;
import io.waybill.observe.program.RenamingAgent;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a scope is declared for, and that cannot be transformed: the agent says so, and runs. */
class OtherTransformersIT {
    private static final String TYPE = FaultProgram.class.getName();
    /** One that this program does not come to. */
    private static final String METHOD = "awaitSeen";

    @TempDir
    private Path folder;

    @OnBothJdks
    void aClassThatTheyKeepFromBeingTransformedIsToldOfAndTheAgentRuns(Jdk jdk) throws Exception {
        Path attached = folder.resolve("attached");
        Path told = folder.resolve("told");
        ChildJvm host = ChildJvm.on(jdk)
                .options("-XX:+EnableDynamicAgentLoading")
                .classPath(AgentJar.built())
                .agent(renamingJar(), TYPE + "#" + METHOD);
        try (RunningJvm jvm = host.start(FaultProgram.class, "await=" + attached, "agent=on", "await=" + told)) {
            jvm.awaitLine("awaiting " + attached);
            jvm.loadAgent(AgentJar.built(), "scope.wait=1s,scope=" + TYPE + "#" + METHOD + "(pid:0)");
            Files.createFile(attached);

            jvm.awaitLine("agent on");
            jvm.awaitErrors("waybill: scope ", 1);
            Files.createFile(told);
            Outcome outcome = jvm.join();

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).hasSize(2);
            assertThat(outcome.err().get(0))
                    .startsWith("waybill: scopes of " + TYPE + " cannot be changed: "
                            + "java.lang.UnsupportedOperationException: ");
            assertThat(outcome.err().get(1))
                    .isEqualTo("waybill: scope " + TYPE + "#" + METHOD + "(pid:0): the class cannot be instrumented");
        }
    }

    @OnBothJdks
    void soIsOneThatCannotBeInitialized(Jdk jdk) throws Exception {
        Path told = folder.resolve("told");
        String type = BrokenProgram.class.getName() + "$Broken";
        ChildJvm host =
                ChildJvm.on(jdk).options("-XX:+EnableDynamicAgentLoading").classPath(AgentJar.built());
        try (RunningJvm jvm = host.start(BrokenProgram.class, told.toString())) {
            jvm.awaitLine("broken");

            jvm.loadAgent(AgentJar.built(), "scope.wait=1s,scope=" + type + "#work(pid:0)");
            jvm.awaitErrors("waybill: ", 2);
            Files.createFile(told);
            Outcome outcome = jvm.join();

            assertThat(outcome.out()).containsExactly("broken", "agent true");
            assertThat(outcome.err()).hasSize(2);
            assertThat(outcome.err().get(0))
                    .startsWith("waybill: scopes of " + type + " cannot be changed: java.lang.InternalError: ");
            assertThat(outcome.err().get(1))
                    .isEqualTo("waybill: scope " + type + "#work(pid:0): the class cannot be instrumented");
        }
    }

    /** Its class is on the class path. */
    private Path renamingJar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", RenamingAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("renaming.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
