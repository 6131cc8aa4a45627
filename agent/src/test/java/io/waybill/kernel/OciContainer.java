// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.namespace.Unshared;
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
 * processor time it can get, while it is to.
 */
final class OciContainer implements AutoCloseable {
    private static final String CONFIG = """
            {
              "ociVersion": "1.0.2",
              "process": {
                "user": {"uid": 0, "gid": 0},
                "args": ["/bin/busybox", "sh", "-c", "while true; do i=1; done & echo ready; wait"],
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

    private static final Path DISK = Path.of("/dev/ubda");

    /** Past the page cache, so that they are on the disk when the command ends. */
    private static final String USE_DISK =
            "/bin/busybox dd if=/dev/ubda of=/dev/null bs=64k count=48 iflag=direct 2>/dev/null"
                    + " && /bin/busybox dd if=/dev/zero of=/dev/ubda bs=64k count=16 oflag=direct 2>/dev/null";

    /** What {@link #useDisk} reads from the disk of a guest. */
    static final long BYTES_READ = 48 << 16;

    /** What it writes to it. */
    static final long BYTES_WRITTEN = 16 << 16;

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
        if (Files.exists(DISK)) {
            run("cp", "-a", DISK.toString(), root.resolve("dev").toString());
        }
        Path busybox = Files.createDirectories(root.resolve("bin")).resolve("busybox");
        Files.copy(Path.of("/bin/busybox"), busybox);
        Files.setPosixFilePermissions(busybox, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("config.json"), CONFIG.formatted(root, group.path() + "/" + id));
        Path pidFile = folder.resolve("pid");
        run(runtime, "run", "-d", "--bundle", folder.toString(), "--pid-file", pidFile.toString(), id);
        OciContainer container = new OciContainer(runtime, id, Long.parseLong(Files.readString(pidFile)));
        container.setBusy(false);
        return container;
    }

    String id() {
        return id;
    }

    long initPid() {
        return initPid;
    }

    /** The command that has it read from the disk of a guest, and write to it. */
    List<String> useDisk() {
        return List.of(runtime, "exec", id, "/bin/busybox", "sh", "-c", USE_DISK);
    }

    /** Lets its child run, or stops it. */
    void setBusy(boolean busy) throws IOException {
        signal(busy ? "CONT" : "STOP");
    }

    private void signal(String name) throws IOException {
        run("kill", "-" + name, Long.toString(Unshared.onlyChildOf(initPid)));
    }

    @Override
    public void close() throws IOException {
        run(runtime, "delete", "--force", id);
    }

    private static void run(String runtime, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(runtime));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // a line and no more: the container has the pipe as long as it runs
        process.inputReader().readLine();
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IllegalStateException(command + " ended with " + exitCode);
        }
    }
}
