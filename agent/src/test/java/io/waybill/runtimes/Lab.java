// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.Outcome;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A small machine in namespaces of its own, on which runtimes find the folders they always use empty, and nothing but
 * what a test started is to be seen. Made by {@code src/it/runtimes/lab}; gone with all that runs on it when it is
 * closed, and when this JVM is killed.
 */
final class Lab implements AutoCloseable {
    /** An image that runs {@link Engine#INIT}, in {@code image.tar} of the folder. */
    static final String IMAGE = "docker.io/waybill/busybox:1";

    private static final String STATE = "/var/lib/docker /var/lib/containers /run/containers /run/docker"
            + " /run/containerd /run/runc /run/crun /run/waybill /run/user/4711/runc /run/user/4711/crun"
            + " /run/user/4711/containers /run/user/4711/libpod";

    private static final int SECONDS = 60;
    private static final Path SCRIPT = file("lab");

    private final Layout layout;
    private final Process outside;
    private final Path folder;
    private int commands;

    private Lab(Layout layout, Process outside, Path folder) {
        this.layout = layout;
        this.outside = outside;
        this.folder = folder;
    }

    /** A machine on which these cgroup hierarchies are mounted. */
    static Lab start(Layout layout) throws IOException, InterruptedException {
        Needs.root();
        Path folder = Files.createTempDirectory("waybill-lab");
        Process outside = new ProcessBuilder(SCRIPT.toString(), "start", layout.text(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(outside.getInputStream(), StandardCharsets.UTF_8)).readLine();
        Needs.that("ready".equals(line), "namespaces and cgroups of a machine of its own (" + layout.text() + ")");
        Lab lab = new Lab(layout, outside, folder);
        if (layout.bySystemd()) {
            lab.run("sh", "-c", "until systemctl is-system-running --wait; do :; done");
        }
        return lab;
    }

    /** A file of {@code src/it/runtimes}. */
    static Path file(String name) {
        return Path.of("src/it/runtimes", name).toAbsolutePath();
    }

    /** Its cgroup hierarchies. */
    Layout layout() {
        return layout;
    }

    /** A folder that it shares with this JVM. */
    Path folder() {
        return folder;
    }

    /** A path on it, as this JVM can open it. */
    Path path(String absolute) throws IOException {
        String unshare = Files.readString(folder.resolve("unshare.pid")).strip();
        String init = Files.readString(Path.of("/proc", unshare, "task", unshare, "children"))
                .strip();
        return Path.of("/proc", init, "root" + absolute);
    }

    /** Runs a command on it, which must succeed, and gives back what it printed. */
    String run(String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out-" + ++commands);
        Path err = folder.resolve("err-" + commands);
        Process process = start(out, err, command);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(
                    String.join(" ", command) + ": " + process + "\n" + Files.readString(out) + Files.readString(err));
        }
        return Files.readString(out).strip();
    }

    /** Runs a command that prints JSON. */
    JsonElement json(String... command) throws IOException, InterruptedException {
        return JsonParser.parseString(run(command));
    }

    /** Leaves a command running on it, once it said this. */
    void serve(String ready, String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out-" + ++commands);
        Process process = start(out, out, command);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.readString(out).contains(ready)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new AssertionError(String.join(" ", command) + " did not say \"" + ready + "\": " + process + "\n"
                        + Files.readString(out));
            }
        }
    }

    /** Waits for a process to have a child that runs this, and gives back the child's pid. */
    long childOf(long pid, String command) throws IOException, InterruptedException {
        String wait = "until pgrep --parent $1 --exact $2; do :; done";
        return Long.parseLong(run("sh", "-c", wait, "sh", Long.toString(pid), command));
    }

    /** Runs Waybill's command line on it, which must have nothing to complain of. */
    JsonElement waybill(String... arguments) throws IOException, InterruptedException {
        return JsonParser.parseString(String.join("\n", waybill(jvm(Jdk.oldest()), arguments)));
    }

    /** Runs Waybill's command line in a JVM of it, and gives back what it printed. */
    List<String> waybill(ChildJvm jvm, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-jar", AgentJar.built().toString()));
        command.addAll(List.of(arguments));
        Outcome outcome = jvm.runCommand(command.toArray(new String[0]));
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }

    /** What {@code ps} lists for a container. */
    JsonObject listed(String containerId) throws IOException, InterruptedException {
        JsonArray listed = waybill("ps", "--json").getAsJsonArray();
        for (JsonElement each : listed) {
            JsonElement id = each.getAsJsonObject().get("containerId");
            if (id != null && id.getAsString().equals(containerId)) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError(containerId + " is not listed: " + listed);
    }

    /** What {@code resolve} says of a process. */
    JsonObject resolved(long pid) throws IOException, InterruptedException {
        return waybill("resolve", "--json", Long.toString(pid)).getAsJsonObject();
    }

    /** Records a JVM on it, with the agent, to the end of its program. */
    List<RecordedEvent> record(Jdk jdk, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Path recording = folder.resolve("host-" + ++commands + ".jfr");
        Outcome outcome = jvm(jdk).options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("period=1s,children=eager")
                .run(program, arguments);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return RecordingFile.readAllEvents(recording);
    }

    /** A JVM on it, to be started. */
    ChildJvm jvm(Jdk jdk) {
        return ChildJvm.on(jdk).startedBy(SCRIPT.toString(), "in", folder.toString());
    }

    /** A JVM on it to which the folders of runtimes are empty: others, and their sockets, see what is below. */
    ChildJvm jvmWithoutState(Jdk jdk) {
        String cover = "for folder in " + STATE + "; do [ ! -d $folder ] || mount -t tmpfs tmpfs $folder; done";
        return jvm(jdk).startedBy("unshare", "--mount", "sh", "-c", cover + "; exec \"$@\"", "sh");
    }

    private Process start(Path out, Path err, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), "in", folder.toString()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
        return (out.equals(err) ? builder.redirectErrorStream(true) : builder.redirectError(err.toFile())).start();
    }

    @Override
    public void close() throws IOException {
        outside.getOutputStream().close();
        try {
            if (!outside.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the machine of " + folder + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
