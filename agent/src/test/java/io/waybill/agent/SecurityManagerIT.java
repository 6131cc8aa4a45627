// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.RestrictedProgram;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM with a security manager, of which JDK 24 knows no more. It says two lines of its own when it is told to have one. */
class SecurityManagerIT {
    @TempDir
    private Path folder;

    @Test
    void whereTheAgentMayNothingTheApplicationStartsAllTheSame() throws Exception {
        Outcome outcome = ChildJvm.on(Jdk.oldest())
                .options("-Djava.security.manager")
                .agent("")
                .run(FaultProgram.class);

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).containsExactly("ready", "done");
        assertThat(lines(outcome))
                .singleElement()
                .asString()
                .startsWith("waybill: does not start: java.security.AccessControlException: ");
    }

    @Test
    void whereItMayAllItObservesAnApplicationThatMayLittle() throws Exception {
        Path jar = AgentJar.withRuntime("Children");
        Path policy = Files.writeString(folder.resolve("policy"), """
                grant codeBase "%s" { permission java.security.AllPermission; };
                grant codeBase "%s" { permission java.io.FilePermission "<<ALL FILES>>", "execute"; };
                """.formatted(
                        jar.toUri(), ChildJvm.testClasses().toUri()));

        Outcome outcome = ChildJvm.on(Jdk.oldest())
                .options("-Djava.security.manager", "-Djava.security.policy==" + policy)
                .agent(jar, "children=eager")
                .run(FaultProgram.class, "child");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(lines(outcome)).isEmpty();
        assertThat(outcome.out())
                .hasSize(4)
                .contains("child 0")
                .noneMatch(line -> line.startsWith("failure "))
                .anyMatch(line -> line.startsWith("observed child "));
    }

    @Test
    void scopesAndPeersOfAnApplicationThatMayLittleAreThere() throws Exception {
        Path recording = folder.resolve("app.jfr");
        Path policy = Files.writeString(folder.resolve("policy"), """
                grant codeBase "%s" { permission java.security.AllPermission; };
                grant codeBase "%s" {
                    permission java.net.NetPermission "accessUnixDomainSocket";
                    permission java.io.FilePermission "%s", "read,write";
                };
                """.formatted(
                        AgentJar.built().toUri(), ChildJvm.testClasses().toUri(), folder.resolve("-")));

        Outcome outcome = ChildJvm.on(Jdk.oldest())
                .options("-Djava.security.manager", "-Djava.security.policy==" + policy)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("scope=" + RestrictedProgram.class.getName() + "#serve(0.pid)")
                .run(RestrictedProgram.class, folder.resolve("socket").toString());

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(lines(outcome)).isEmpty();
        assertThat(outcome.out()).anyMatch(line -> line.startsWith("peer ") && !line.contains("UNANSWERED"));
        assertThat(RecordingFile.readAllEvents(recording))
                .filteredOn(event -> event.getEventType().getName().equals("waybill.ContainerScope"))
                .extracting(event -> event.getString("origin"))
                .contains("api", RestrictedProgram.class.getName() + "#serve");
    }

    private static List<String> lines(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();
    }
}
