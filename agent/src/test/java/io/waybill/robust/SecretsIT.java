// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret stands in the environment, the arguments and the labels of a container, and in those of the JVM: nothing that
 * Waybill writes has one.
 */
class SecretsIT {
    private static final String OF_ENVIRONMENT = "hush-environment";
    private static final String OF_ARGUMENTS = "hush-arguments";
    private static final String OF_LABELS = "hush-labels";
    private static final String OF_THE_JVM = "hush-jvm";

    @TempDir
    private Path folder;

    private DockerLookalike container;

    @BeforeEach
    void start() throws Exception {
        container = DockerLookalike.running(
                folder,
                "env",
                "TOKEN=" + OF_ENVIRONMENT,
                "sh",
                "-c",
                "echo ready; read wait",
                "sh",
                "--password=" + OF_ARGUMENTS);
        container.keep(container
                .config("\"api.token\":\"" + OF_LABELS + "\"")
                .replace(
                        "\"Config\":{",
                        "\"Args\":[\"--password=" + OF_ARGUMENTS + "\"],\"Config\":{\"Cmd\":[\"--password="
                                + OF_ARGUMENTS + "\"],\"Env\":[\"TOKEN=" + OF_ENVIRONMENT + "\"],"));
    }

    @AfterEach
    void end() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    @OnBothJdks
    void noneIsInARecordingOrABean(Jdk jdk) throws Exception {
        Path recording = folder.resolve("quiet.jfr");

        Outcome outcome = jvm(jdk).options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .options("-Dtoken=" + OF_THE_JVM)
                .agent("period=100ms,own=on,self.environment=on")
                .run(
                        FaultProgram.class,
                        "agent=on",
                        "seen=" + container.initPid(),
                        "identity=" + container.initPid(),
                        "bean=" + container.initPid(),
                        "beans=all",
                        "child");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).anyMatch(line -> line.startsWith("beans ") && line.contains(DockerLookalike.ID));
        assertThat(outcome.out()).noneMatch(line -> line.contains("hush"));
        List<RecordedEvent> ours = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().startsWith("waybill."))
                .toList();
        assertThat(ours)
                .anyMatch(event -> event.getEventType().getName().equals("waybill.Container")
                        && event.getString("containerName").equals("web"));
        assertThat(ours).noneMatch(event -> event.toString().contains("hush"));
    }

    @OnBothJdks
    void noneIsPrintedOrInTheFolderOfABugReport(Jdk jdk) throws Exception {
        String pid = Long.toString(container.initPid());
        Path report = folder.resolve("report");
        List<String> written = new ArrayList<>();
        for (List<String> arguments : List.of(
                List.of("ps", "--json"),
                List.of("ps", "--processes"),
                List.of("resolve", pid),
                List.of("resolve", "--json", pid),
                List.of("record", "-o", report.toString(), pid))) {
            List<String> command =
                    new ArrayList<>(List.of("-jar", AgentJar.built().toString()));
            command.addAll(arguments);
            Outcome outcome = jvm(jdk).runCommand(command.toArray(new String[0]));

            assertThat(outcome.out()).as(arguments.toString()).isNotEmpty();
            written.addAll(outcome.out());
            written.addAll(outcome.err());
        }
        try (Stream<Path> files = Files.walk(report)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.addAll(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(written)
                .anyMatch(line -> line.contains(DockerLookalike.ID))
                .noneMatch(line -> line.contains("hush"));
    }

    private ChildJvm jvm(Jdk jdk) {
        return ChildJvm.on(jdk).startedBy(container.prefix()).environment("TOKEN", OF_THE_JVM);
    }
}
