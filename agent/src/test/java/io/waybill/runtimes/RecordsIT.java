// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.IdentitySettings;
import io.waybill.procfs.ProcFs;
import io.waybill.testing.AgentJar;
import io.waybill.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code waybill record} makes of a process in a container of each runtime: a folder from which the same answer is
 * read on another machine, and in which nothing is that is nobody's business.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Layout.class,
        names = {"V1", "SYSTEMD"})
record RecordsIT(Layout layout) {
    private static final String SECRET = "hunter2-" + ProcessHandle.current().pid();

    private static Lab lab;
    private static List<Told> told;

    @BeforeParameterizedClassInvocation
    static void startOneOfEach(Layout layout) throws Exception {
        lab = Lab.start(layout);
        told = new ArrayList<>();
        for (Engine engine : RuntimesIT.engines(lab)) {
            engine.prepare();
            Told container = engine.startWith(SECRET, "web-" + told.size() + ".a");
            engine.enter(container);
            told.add(container);
        }
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void theFolderGivesTheSameAnswerForTheInitAndForWhatEntered() throws Exception {
        for (Told container : told) {
            assertSameAnswer(container, container.initPid());
            assertSameAnswer(container, lab.childOf(container.initPid(), "sleep"));
        }
        for (JsonObject entered : entered()) {
            Told container = told.stream()
                    .filter(each -> each.id().equals(entered.get("containerId").getAsString()))
                    .findFirst()
                    .orElseThrow();
            assertSameAnswer(container, entered.get("pid").getAsLong());
        }
    }

    /** The processes that run {@code tail}, as {@code ps} lists them. */
    private static List<JsonObject> entered() throws Exception {
        List<JsonObject> entered = new ArrayList<>();
        lab.waybill("ps", "--json")
                .getAsJsonArray()
                .forEach(container -> container
                        .getAsJsonObject()
                        .getAsJsonArray("processes")
                        .forEach(each -> {
                            if (each.getAsJsonObject()
                                    .get("command")
                                    .getAsString()
                                    .equals("tail")) {
                                entered.add(each.getAsJsonObject());
                            }
                        }));
        assertThat(entered).hasSameSizeAs(told);
        return entered;
    }

    private static void assertSameAnswer(Told container, long pid) throws Exception {
        Path record = lab.folder().resolve("record-" + pid);
        assertThat(arguments(pid) + environment(container))
                .as("the secret is there")
                .contains(SECRET);

        Jdk jdk = Jdk.oldest();
        lab.jvm(jdk)
                .runCommand("-jar", AgentJar.built().toString(), "record", "-o", record.toString(), Long.toString(pid));

        JsonObject answer = JsonParser.parseString(Files.readString(record.resolve("answer.json")))
                .getAsJsonObject();
        assertThat(Told.of(answer)).isEqualTo(container);
        assertThat(read(record, pid)).as(answer.toString()).isInstanceOfSatisfying(ContainerIdentity.class, read -> {
            assertThat(new Told(
                            read.runtime().text(),
                            read.id(),
                            read.displayName(),
                            read.image() == null ? "" : read.image(),
                            container.initPid()))
                    .isEqualTo(container);
            assertThat(read.provenance().toString())
                    .isEqualTo(answer.get("provenance").getAsString());
            assertThat(read.cgroupPath()).isEqualTo(answer.get("cgroupPath").getAsString());
            assertThat(read.remarks())
                    .hasSize(
                            answer.has("remarks")
                                    ? answer.getAsJsonArray("remarks").size()
                                    : 0);
        });
        assertThat(filesWith(SECRET, record)).isEmpty();
    }

    private static String arguments(long pid) throws Exception {
        return lab.run("cat", "/proc/" + pid + "/cmdline");
    }

    private static String environment(Told container) throws Exception {
        return lab.run("sh", "-c", "cat /proc/$1/environ", "sh", Long.toString(container.initPid()));
    }

    private static Identity read(Path record, long pid) {
        Path state = record.resolve("state");
        ContainerIdentities identities =
                ContainerIdentities.of(new ProcFs(record), new IdentitySettings(state, state, false, false, Map.of()));
        return identities.name(identities.identify(pid), pid);
    }

    private static List<Path> filesWith(String text, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
