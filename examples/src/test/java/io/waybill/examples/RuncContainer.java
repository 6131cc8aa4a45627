// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A container of runc that sees the host's programs and one folder of the test; its init sleeps. Closing it ends it. */
final class RuncContainer implements AutoCloseable {
    private static final String CONFIG = """
            {"ociVersion": "1.0.2", "hostname": "%1$s",
             "process": {"user": {"uid": 0, "gid": 0}, "cwd": "/", "env": ["PATH=/usr/bin:/bin"],
                         "args": ["sleep", "1000"]},
             "root": {"path": "%2$s"},
             "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                        {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs"}%3$s],
             "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}]}}
            """;

    private final Path folder;
    private final String id;

    private RuncContainer(Path folder, String id) {
        this.folder = folder;
        this.id = id;
    }

    /**
     * Starts one.
     *
     * @param name tells it from others of this JVM
     * @param folder an empty one, for what runc needs
     * @param shared a folder that the container sees in the same place
     */
    static RuncContainer start(String name, Path folder, Path shared) throws IOException {
        assumeOrFail(
                "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/sbin/runc")),
                "root and runc are needed");
        RuncContainer container =
                new RuncContainer(folder, name + "-" + ProcessHandle.current().pid());
        Path root = Files.createDirectories(folder.resolve("root"));
        StringBuilder mounts = new StringBuilder();
        bind(mounts, shared);
        for (String top : List.of("bin", "sbin", "lib", "lib64", "usr", "etc")) {
            Path host = Path.of("/").resolve(top);
            if (Files.isSymbolicLink(host)) {
                Files.createSymbolicLink(root.resolve(top), Files.readSymbolicLink(host));
            } else if (Files.isDirectory(host)) {
                bind(mounts, host);
            }
        }
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(name, root, mounts));
        container.runc("run", "-d", "--bundle", folder.toString(), "--pid-file", folder + "/pid", container.id);
        return container;
    }

    String id() {
        return id;
    }

    long initPid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")));
    }

    /** Runs a command inside, and gives back what it printed. */
    String exec(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("exec", id));
        arguments.addAll(List.of(command));
        return runc(arguments.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        runc("delete", "--force", id);
    }

    static void assumeOrFail(boolean condition, String what) {
        assertFalse(!condition && "true".equals(System.getenv("CI")), what);
        assumeTrue(condition, what);
    }

    private static void bind(StringBuilder mounts, Path path) {
        mounts.append(
                ", {\"destination\": \"%1$s\", \"type\": \"bind\", \"source\": \"%1$s\", \"options\": [\"rbind\"]}"
                        .formatted(path));
    }

    private String runc(String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        List<String> command =
                Stream.concat(Stream.of("runc"), Stream.of(arguments)).toList();
        // A pipe would stay open for as long as the container runs.
        Process runc = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int exitCode = runc.onExit().join().exitValue();
        String text = Files.readString(out);
        if (exitCode != 0) {
            throw new IllegalStateException(command + ": " + text);
        }
        return text;
    }
}
