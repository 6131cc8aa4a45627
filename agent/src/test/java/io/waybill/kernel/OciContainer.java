// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.testing.LimitedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A container that {@code runc} or {@code crun} started in a group with limits: a shell, and a child that takes all the
 * processor time it can get.
 */
final class OciContainer implements AutoCloseable {
    private static final String CONFIG = """
            {
              "ociVersion": "1.0.2",
              "process": {
                "user": {"uid": 0, "gid": 0},
                "args": ["/bin/busybox", "sh", "-c", "while true; do i=1; done & wait"],
                "env": ["PATH=/bin"],
                "cwd": "/"
              },
              "root": {"path": "%s"},
              "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
              "linux": {
                "cgroupsPath": "%s",
                "namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}],
                "resources": {"memory": {"limit": 67108864}, "pids": {"limit": 50}}
              }
            }
            """;

    private final String runtime;
    private final String id;
    private final long initPid;

    private OciContainer(String runtime, String id, long initPid) {
        this.runtime = runtime;
        this.id = id;
        this.initPid = initPid;
    }

    static OciContainer start(String runtime, Path folder, LimitedGroup group) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "").repeat(2); // 64 digits, as most runtimes give
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("dev"));
        Path busybox = Files.createDirectories(root.resolve("bin")).resolve("busybox");
        Files.copy(Path.of("/bin/busybox"), busybox);
        Files.setPosixFilePermissions(busybox, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(root, group.path() + "/" + id));
        Path pidFile = folder.resolve("pid");
        run(runtime, "run", "-d", "--bundle", folder.toString(), "--pid-file", pidFile.toString(), id);
        return new OciContainer(runtime, id, Long.parseLong(Files.readString(pidFile)));
    }

    String id() {
        return id;
    }

    long initPid() {
        return initPid;
    }

    @Override
    public void close() throws IOException {
        run(runtime, "delete", "--force", id);
    }

    private static void run(String runtime, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(runtime));
        command.addAll(List.of(arguments));
        // inherited pipes would stay open for as long as the container runs
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IllegalStateException(command + " ended with " + exitCode);
        }
    }
}
