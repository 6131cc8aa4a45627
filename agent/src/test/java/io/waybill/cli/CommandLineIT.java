// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.namespace.Unshared;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as a command, on namespaces that were really made. */
class CommandLineIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void psShowsEveryNamespaceWithItsInitAndProcesses(Jdk jdk) throws Exception {
        try (Unshared namespace = Unshared.running("sh", "-c", "sleep 600 & echo ready; read wait")) {
            namespace.awaitChild("sleep");
            Outcome outcome = waybill(jdk, "ps", "--json");

            assertThat(outcome.exitCode()).isZero();
            JsonObject row = rowOf(outcome, namespace.initPid());
            assertThat(row.get("pidNamespace").getAsLong()).isEqualTo(Unshared.inodeOf(namespace.initPid()));
            assertThat(row.get("initCommand").getAsString()).isEqualTo("sh");
            assertThat(row.get("depth").getAsInt()).isEqualTo(1);
            assertThat(row.get("way").getAsString()).isNotEmpty();
            assertThat(row.getAsJsonArray("processes"))
                    .extracting(
                            process -> process.getAsJsonObject().get("command").getAsString())
                    .containsExactlyInAnyOrder("sh", "sleep");
        }
    }

    @OnBothJdks
    void psShowsANestedNamespaceBelowTheOneAroundIt(Jdk jdk) throws Exception {
        try (Unshared outer = nested()) {
            long inner = Unshared.onlyChildOf(outer.initPid());

            JsonObject row = rowOf(waybill(jdk, "ps", "--json"), inner);

            assertThat(row.get("depth").getAsInt()).isEqualTo(2);
            assertThat(longs(row.getAsJsonArray("parents")))
                    .containsExactly(
                            Unshared.inodeOf(outer.initPid()),
                            Unshared.inodeOf(ProcessHandle.current().pid()));
        }
    }

    @Test
    void psAsATableHasALineForEachNamespace() throws Exception {
        try (Unshared namespace = Unshared.start()) {
            Outcome outcome = waybill(Jdk.oldest(), "ps", "--processes");

            assertThat(outcome.out().get(0)).startsWith("INIT ").contains("COMMAND", "RUNTIME", "NAME", "NAMESPACE");
            assertThat(outcome.out())
                    .filteredOn(line -> line.startsWith(namespace.initPid() + " ")
                            && line.endsWith(" " + Unshared.inodeOf(namespace.initPid())))
                    .hasSize(1);
            assertThat(outcome.out()).anyMatch(line -> line.matches(namespace.initPid() + " +1 +sh"));
        }
    }

    @Test
    void whatAContainerCallsItselfCannotDriveTheTerminal() throws Exception {
        Path hostile = folder.resolve("\u001b[31mred\n");
        Files.copy(Path.of("/bin/sleep"), hostile);

        try (Unshared namespace =
                Unshared.running("sh", "-c", "'" + hostile + "' 600 & echo ready; read wait; kill $!")) {
            namespace.awaitChild("\u001b[31mred");
            Outcome outcome = waybill(Jdk.oldest(), "ps", "--processes");

            assertThat(outcome.out()).noneMatch(line -> line.indexOf('\u001b') >= 0);
            assertThat(outcome.out()).anyMatch(line -> line.contains("\\x1b[31mred"));
            assertThat(rowOf(waybill(Jdk.oldest(), "ps", "--json"), namespace.initPid())
                            .getAsJsonArray("processes"))
                    .hasSize(2);
        }
    }

    @OnBothJdks
    void resolveShowsEachStepAndHowSureItIs(Jdk jdk) throws Exception {
        try (Unshared namespace = Unshared.start()) {
            Outcome outcome = waybill(jdk, "resolve", Long.toString(namespace.initPid()));

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(String.join("\n", outcome.out()))
                    .contains("pid " + namespace.initPid())
                    .contains("held by pidfd")
                    .contains("pid namespace of " + namespace.initPid() + ": pid:["
                            + Unshared.inodeOf(namespace.initPid()) + "]")
                    .contains("verify " + namespace.initPid() + ": alive")
                    .containsPattern("init +" + namespace.initPid() + ", by .*, verified");
        }
    }

    @Test
    void resolvePrintsOneKindOfTextOnly() throws Exception {
        Outcome outcome = waybill(Jdk.oldest(), "resolve", "--json", "--otel", "1");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).first().asString().startsWith("waybill: --json and --otel: ");
    }

    @Test
    void resolveAnswersForSeveralAndSaysWhichIsGone() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        try (Unshared namespace = Unshared.start()) {
            Outcome outcome = waybill(
                    Jdk.oldest(),
                    "resolve",
                    "--json",
                    Long.toString(namespace.initPid()),
                    Long.toString(ended.pid()),
                    "0");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(JsonParser.parseString(text(outcome)).getAsJsonArray())
                    .extracting(
                            answer -> answer.getAsJsonObject().get("outcome").getAsString())
                    .containsExactly("namespace", "gone", "not visible");
        }
    }

    @OnBothJdks
    void doctorNamesTheKernelTheWaysAndTheRights(Jdk jdk) throws Exception {
        Outcome outcome = waybill(jdk, "doctor", "--json");

        assertThat(outcome.err()).isEmpty();
        JsonArray findings = JsonParser.parseString(text(outcome)).getAsJsonArray();
        assertThat(findings)
                .extracting(finding -> finding.getAsJsonObject().get("name").getAsString())
                .contains("kernel", "JDK", "NS_GET_INIT_PID", "NS_GET_TGID_FROM_PIDNS", "/proc", "way in use")
                .contains(
                        "processes and threads started",
                        "user",
                        "processes refused",
                        "cgroups",
                        "jdk.jfr",
                        "java.management");
        boolean anythingMissing = StreamSupport.stream(findings.spliterator(), false)
                .anyMatch(finding ->
                        !finding.getAsJsonObject().get("advice").getAsString().isEmpty());
        assertThat(outcome.exitCode()).isEqualTo(anythingMissing ? 1 : 0);
    }

    @Test
    void whatTheAgentMayBeAllowedACommandMayBeToo() throws Exception {
        for (String command : List.of("ps", "resolve")) {
            assertThat(text(waybill(Jdk.oldest(), command, "--help"))).contains("--runtime-api");
        }
        assertThat(text(waybill(Jdk.oldest(), "doctor", "--help"))).contains("--self-environment");
    }

    @Test
    void everyCommandHasHelpAndAMistakeIsExitCodeTwo() throws Exception {
        Jdk jdk = Jdk.oldest();

        for (String command : List.of("ps", "resolve", "record", "doctor", "attach", "version")) {
            Outcome help = waybill(jdk, command, "--help");
            assertThat(help.exitCode()).as(command).isZero();
            assertThat(help.out().get(0)).startsWith("Usage: java -jar waybill-agent.jar " + command);
        }
        assertThat(waybill(jdk, "version").out().get(0)).startsWith("waybill ");
        for (String[] mistake : new String[][] {{}, {"unknown"}, {"resolve"}, {"resolve", "x"}, {"resolve", "-5"}}) {
            Outcome outcome = waybill(jdk, mistake);
            assertThat(outcome.exitCode()).as(String.join(" ", mistake)).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).isNotEmpty();
        }
    }

    private static Unshared nested() {
        return Unshared.running("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", "echo ready; read wait");
    }

    private static Outcome waybill(Jdk jdk, String... arguments) throws Exception {
        return run(ChildJvm.on(jdk), AgentJar.built(), arguments);
    }

    private static Outcome run(ChildJvm jvm, Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return jvm.runCommand(command.toArray(new String[0]));
    }

    private static JsonObject rowOf(Outcome outcome, long initPid) {
        for (JsonElement row : JsonParser.parseString(text(outcome)).getAsJsonArray()) {
            JsonElement init = row.getAsJsonObject().get("initPid");
            if (init != null && init.getAsLong() == initPid) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError("no row with init " + initPid + " in " + outcome);
    }

    private static String text(Outcome outcome) {
        return String.join("\n", outcome.out());
    }

    private static List<Long> longs(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsLong)
                .toList();
    }
}
