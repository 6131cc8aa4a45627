// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sandboxes on the machine itself: no daemon knows them, and they have no cgroups of their own. Firejail does not work
 * in the pid namespace of another, where it finds no kernel threads.
 */
class SandboxesIT {
    private static final List<String> WAITING = List.of("sh", "-c", "echo up; read end");

    @TempDir
    private Path folder;

    @Test
    void bubblewrapIsNamedByItsProcess() throws Exception {
        Needs.program("bwrap");
        Path info = folder.resolve("info");
        List<String> command = List.of(
                "sh", "-c", "exec bwrap --unshare-all --ro-bind / / --proc /proc --info-fd 3 \"$@\" 3>" + info, "sh");
        try (Sandbox sandbox = Sandbox.start(command)) {
            long init = JsonParser.parseString(Files.readString(info))
                    .getAsJsonObject()
                    .get("child-pid")
                    .getAsLong();
            String id = Long.toString(sandbox.pid());

            assertThat(listed(init)).isEqualTo(new Told("bubblewrap", id, id, "", init));
        }
    }

    @Test
    void firejailIsNamedByItsProcessAndItsName() throws Exception {
        Needs.program("firejail");
        Needs.that(Files.isDirectory(Path.of("/proc/2")) && comm(2).equals("kthreadd"), "no container around Firejail");
        String name = "waybill-" + ProcessHandle.current().pid();
        List<String> command = List.of("firejail", "--quiet", "--noprofile", "--net=none", "--name=" + name);
        try (Sandbox sandbox = Sandbox.start(command)) {
            String id = Long.toString(sandbox.pid());
            String said = new String(
                    new ProcessBuilder("firejail", "--list")
                            .start()
                            .getInputStream()
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(said.lines()).anyMatch(line -> line.startsWith(id + ":") && line.contains(":" + name + ":"));
            long init = onlyChild(sandbox.pid());

            assertThat(listed(init)).isEqualTo(new Told("firejail", id, name, "", init));
        }
    }

    private static Told listed(long init) throws IOException, InterruptedException {
        Outcome outcome =
                ChildJvm.on(Jdk.oldest()).runCommand("-jar", AgentJar.built().toString(), "ps", "--json");
        String text = String.join("\n", outcome.out());
        List<JsonObject> ours = StreamSupport.stream(
                        JsonParser.parseString(text).getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(each -> each.has("initPid") && each.get("initPid").getAsLong() == init)
                .toList();
        assertThat(ours).as(text).hasSize(1);
        return Told.of(ours.get(0));
    }

    private static long onlyChild(long pid) throws IOException {
        Path children = Path.of("/proc", Long.toString(pid), "task", Long.toString(pid), "children");
        return Long.parseLong(Files.readString(children).strip());
    }

    private static String comm(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
    }

    /** A sandbox that ends when its standard input does, so also when this JVM is killed. */
    private record Sandbox(Process process) implements AutoCloseable {
        static Sandbox start(List<String> command) throws IOException {
            List<String> line = new ArrayList<>(command);
            line.addAll(WAITING);
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(said).isEqualTo("up");
            return new Sandbox(process);
        }

        long pid() {
            return process.pid();
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
