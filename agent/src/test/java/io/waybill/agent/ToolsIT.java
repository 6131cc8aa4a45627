// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What JAVA_TOOL_OPTIONS reaches; the runtime here complains as soon as it is started. */
class ToolsIT {
    private static final String VARIABLE = "JAVA_TOOL_OPTIONS";

    @TempDir
    private Path folder = Path.of("");

    @OnBothJdks
    void inToolsOfTheJdkItDoesNothing(Jdk jdk) throws Exception {
        String option = "-javaagent:" + AgentJar.withRuntime("Failing") + "=children=eager";
        List<List<String>> commands = List.of(
                List.of("jps", "-q"),
                List.of("jcmd", "-l"),
                List.of("javac", "-version"),
                List.of("jar", "--version"),
                List.of("keytool", "-showinfo", "-tls"),
                List.of("jfr", "version"));

        for (List<String> command : commands) {
            Outcome outcome = ChildJvm.tool(jdk, command.get(0))
                    .environment(VARIABLE, option)
                    .runCommand(command.subList(1, command.size()).toArray(new String[0]));

            assertThat(outcome.exitCode()).as("%s", command).isZero();
            assertThat(outcome.err()).as("%s", command).containsExactly("Picked up " + VARIABLE + ": " + option);
        }
    }

    @OnBothJdks
    void aProgramRunFromItsSourceIsNoTool(Jdk jdk) throws Exception {
        String option = "-javaagent:" + AgentJar.withRuntime("Failing") + "=children=eager";
        Path source = folder.resolve("Hello.java");
        Files.writeString(
                source,
                "class Hello { public static void main(String[] arguments) { System.out.println(\"hello\"); } }");

        Outcome outcome = ChildJvm.on(jdk).environment(VARIABLE, option).runCommand(source.toString());

        assertThat(outcome.out()).containsExactly("hello");
        assertThat(outcome.err()).last().asString().startsWith("waybill: does not start: ");
    }
}
