// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A container of runc that sees the host's programs and one folder of the test. Closing it ends it.
 */
public final class HostedContainer implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int SECONDS = 120;

    private static final String CONFIG = """
            {
              "ociVersion": "1.0.2",
              "process": {
                "user": {"uid": 0, "gid": 0},
                "args": [%s],
                "env": ["PATH=/usr/bin:/bin"],
                "cwd": "/"
              },
              "root": {"path": "%s"},
              "mounts": [
                {"destination": "/proc", "type": "proc", "source": "proc"},
                {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs"}%s
              ],
              "linux": {
                "namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}]
              }
            }
            """;

    private final Path bundle;
    private final String id;
    private final long initPid;

    private HostedContainer(Path bundle, String id, long initPid) {
        this.bundle = bundle;
        this.id = id;
        this.initPid = initPid;
    }

    /** One whose init sleeps. */
    public static HostedContainer start(Path shared) throws IOException {
        return running(shared, "sleep", "1000");
    }

    /**
     * One whose init is a command.
     *
     * @param shared a folder that the container sees in the same place
     */
    public static HostedContainer running(Path shared, String... command) throws IOException {
        Needs.root();
        Needs.program("runc");
        String id = "hosted-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Path bundle = TemporaryFolder.create("waybill-bundle");
        Path root = Files.createDirectories(bundle.resolve("root"));
        Files.writeString(bundle.resolve("config.json"), config(root, shared, command));
        Path pidFile = bundle.resolve("pid");
        runc(bundle, "run", "-d", "--bundle", bundle.toString(), "--pid-file", pidFile.toString(), id);
        return new HostedContainer(bundle, id, Long.parseLong(Files.readString(pidFile)));
    }

    /** Its id, which with runc is its name too. */
    public String id() {
        return id;
    }

    public long initPid() {
        return initPid;
    }

    /** Waits until its init has written this line. */
    public void awaitLine(String line) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.readString(bundle.resolve("out")).contains(line + "\n")) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no \"" + line + "\": " + Files.readString(bundle.resolve("out")));
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() throws IOException {
        runc(bundle, "delete", "--force", id);
    }

    private static String config(Path root, Path shared, String... command) throws IOException {
        List<Path> bound = new ArrayList<>(List.of(shared));
        for (String name : List.of("bin", "sbin", "lib", "lib64", "usr", "etc")) {
            Path folder = Path.of("/").resolve(name);
            if (Files.isSymbolicLink(folder)) {
                Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(folder));
            } else if (Files.isDirectory(folder)) {
                bound.add(folder);
            }
        }
        String mounts = bound.stream()
                .map(("," + "{\"destination\": \"%1$s\", \"type\": \"bind\", \"source\": \"%1$s\","
                        + " \"options\": [\"rbind\"]}")::formatted)
                .collect(Collectors.joining());
        String arguments = Stream.of(command).map("\"%s\""::formatted).collect(Collectors.joining(", "));
        return CONFIG.formatted(arguments, root, mounts);
    }

    private static void runc(Path bundle, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("runc"));
        command.addAll(List.of(arguments));
        // inherited pipes would stay open for as long as the container runs
        Process runc = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(bundle.resolve("out").toFile()))
                .start();
        if (runc.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(bundle.resolve("out")));
        }
    }
}
