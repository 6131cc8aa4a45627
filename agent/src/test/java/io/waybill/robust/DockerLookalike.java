// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.testing.Cgroups;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pid namespace that looks like a container of Docker's to who is started by {@link #prefix}: its cgroup, and in folders
 * of the test what the engine would keep of it. Closing it ends it.
 */
final class DockerLookalike implements AutoCloseable {
    static final String ID = "0123456789abcdef".repeat(4);

    private static final String OWN_FOLDERS =
            "mount --bind \"$1/run\" /run && mount --bind \"$1/lib\" /var/lib && shift && exec \"$@\"";

    private final Path folder;
    private final Path cgroup;
    private final Unshared container;

    private DockerLookalike(Path folder, Path cgroup, Unshared container) {
        this.folder = folder;
        this.cgroup = cgroup;
        this.container = container;
    }

    /** One whose init is a command, which must print a line once it runs; the engine keeps nothing of it yet. */
    static DockerLookalike running(Path folder, String... command) throws IOException {
        Needs.root();
        Path cgroup = Path.of("/sys/fs/cgroup/pids/waybill-lookalike-"
                + ProcessHandle.current().pid() + "-" + System.nanoTime() + "/docker/" + ID);
        Files.createDirectories(cgroup);
        Files.createDirectories(folder.resolve("run"));
        Files.createDirectories(folder.resolve("lib"));
        Unshared container = Unshared.running(command);
        Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(container.initPid()));
        return new DockerLookalike(folder, cgroup, container);
    }

    long initPid() {
        return container.initPid();
    }

    /** The cgroup, a folder. */
    Path cgroup() {
        return cgroup;
    }

    /** Where the engine's socket would be. */
    Path socket() {
        return folder.resolve("run/docker.sock");
    }

    /** Writes the engine's file about it. */
    void keep(String config) throws IOException {
        Files.writeString(file(), config);
    }

    /** Puts a FIFO there. */
    void keepFifo() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
    }

    /** Puts a link there. */
    void keepLinkTo(Path other) throws IOException {
        Files.createSymbolicLink(file(), other);
    }

    private Path file() throws IOException {
        return Files.createDirectories(folder.resolve("lib/docker/containers/" + ID))
                .resolve("config.v2.json");
    }

    /** What the engine's file says of a container called web. */
    String config(String labels) {
        return "{\"State\":{\"Pid\":" + initPid() + "},\"ID\":\"" + ID + "\",\"Name\":\"/web\","
                + "\"Config\":{\"Image\":\"lab:1\",\"Labels\":{" + labels + "}}}";
    }

    /** Starts a command that sees the folders of the test in place of /run and /var/lib. */
    String[] prefix() {
        return new String[] {
            "unshare", "--mount", "--propagation", "private", "sh", "-c", OWN_FOLDERS, "sh", folder.toString()
        };
    }

    @Override
    public void close() throws IOException {
        container.close();
        for (Path path = cgroup; !path.endsWith("pids"); path = path.getParent()) {
            Cgroups.remove(path);
        }
    }
}
