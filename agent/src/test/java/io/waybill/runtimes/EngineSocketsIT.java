// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.runtimes.program.RecordedProgram;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Docker Engine and Podman, as root and without, asked on their sockets by a JVM to which all of their folders are empty. */
class EngineSocketsIT {
    private static final String SERVICE = "com.docker.compose.service";

    private static Lab lab;
    private static List<Told> told;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(Layout.V1);
        Docker docker = new Docker(lab);
        docker.prepare();
        Podman podman = Podman.ofRoot(lab);
        podman.prepare();
        listen(podman, "/run/podman");
        Podman rootless = Podman.ofUser(lab);
        rootless.prepare();
        listen(rootless, "/run/user/4711/podman");
        told = List.of(
                docker.started("web", "--label=" + SERVICE + "=web"),
                podman.started("db", "--label=" + SERVICE + "=db"),
                rootless.started("cache", "--label=" + SERVICE + "=cache"));
    }

    private static void listen(Podman podman, String folder) throws Exception {
        lab.run(Stream.concat(podman.asUser(), Stream.of("mkdir", "-p", folder)).toArray(String[]::new));
        String socket = folder + "/podman.sock";
        lab.serve("", podman.line("system", "service", "--time=0", "unix://" + socket));
        lab.run("sh", "-c", "until [ -S $1 ]; do :; done", "sh", socket);
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void psNamesTheContainersThatTheyKnow() throws Exception {
        List<JsonObject> listed = ps("--runtime-api");

        assertThat(listed.stream().map(Told::of)).containsExactlyInAnyOrderElementsOf(told);
        assertThat(listed).allSatisfy(each -> {
            String name = each.get("containerName").getAsString();
            assertThat(each.getAsJsonObject("labels").get(SERVICE).getAsString())
                    .isEqualTo(name);
            String rule = name.equals("web") ? "docker-socket" : "podman-socket";
            assertThat(each.get("provenance").getAsString()).isEqualTo("runtime-api:" + rule);
        });
    }

    @Test
    void resolveNamesThemToo() throws Exception {
        for (Told container : told) {
            String pid = Long.toString(container.initPid());
            List<String> out =
                    lab.waybill(lab.jvmWithoutState(Jdk.oldest()), "resolve", "--json", "--runtime-api", pid);

            assertThat(Told.of(JsonParser.parseString(String.join("\n", out)).getAsJsonObject()))
                    .isEqualTo(container);
        }
    }

    @Test
    void withoutTheOptionNobodyIsAskedAndTheMissingNameExplained() throws Exception {
        List<JsonObject> listed = ps();

        assertThat(listed).hasSize(told.size()).allSatisfy(each -> {
            assertThat(each.has("image")).isFalse();
            assertThat(each.get("provenance").getAsString()).doesNotContain("runtime-");
            assertThat(each.get("remarks").toString()).contains("its name is not known: ");
        });
    }

    @OnBothJdks
    void aRecordingNamesThemIfTheAgentMayAsk(Jdk jdk) throws Exception {
        Path recording = lab.folder().resolve("asked-" + jdk.feature() + ".jfr");

        Outcome outcome = lab.jvmWithoutState(jdk)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("period=1s,runtime.api=on")
                .run(
                        RecordedProgram.class,
                        told.stream().map(each -> each.id() + "/init").toArray(String[]::new));

        assertThat(outcome.err()).isEmpty();
        assertThat(RecordingFile.readAllEvents(recording).stream()
                        .filter(event -> event.getEventType().getName().equals("waybill.Container"))
                        .map(Told::of)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(told);
    }

    private static List<JsonObject> ps(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("ps", "--json"));
        arguments.addAll(List.of(options));
        List<String> out = lab.waybill(lab.jvmWithoutState(Jdk.oldest()), arguments.toArray(new String[0]));
        return JsonParser.parseString(String.join("\n", out)).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
