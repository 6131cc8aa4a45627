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
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code waybill record} made of a process.
 *
 * @param folder the folder
 * @param pid the process
 */
record RecordedFolder(Path folder, long pid) {
    static RecordedFolder of(Lab lab, long pid) throws IOException, InterruptedException {
        Path folder = lab.folder().resolve("record-" + pid);
        Outcome outcome = lab.jvm(Jdk.oldest())
                .runCommand("-jar", AgentJar.built().toString(), "record", "-o", folder.toString(), Long.toString(pid));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return new RecordedFolder(folder, pid);
    }

    /** What Waybill said on the machine. */
    JsonObject answer() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("answer.json")))
                .getAsJsonObject();
    }

    void assertThatItGivesTheSameAnswer() throws IOException {
        JsonObject said = answer();
        assertThat(read()).as(said.toString()).isInstanceOfSatisfying(ContainerIdentity.class, read -> {
            Told told = new Told(
                    read.runtime().text(),
                    read.id(),
                    read.displayName(),
                    read.image() == null ? "" : read.image(),
                    said.get("initPid").getAsLong());
            assertThat(told).isEqualTo(Told.of(said));
            assertThat(read.provenance().toString())
                    .isEqualTo(said.get("provenance").getAsString());
            assertThat(read.cgroupPath()).isEqualTo(said.get("cgroupPath").getAsString());
            assertThat(read.remarks())
                    .hasSize(
                            said.has("remarks") ? said.getAsJsonArray("remarks").size() : 0);
        });
    }

    private Identity read() {
        Path state = folder.resolve("state");
        ContainerIdentities identities =
                ContainerIdentities.of(new ProcFs(folder), new IdentitySettings(state, state, false, false, Map.of()));
        return identities.name(identities.identify(pid), pid).identity();
    }

    List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
