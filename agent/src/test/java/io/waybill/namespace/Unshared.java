// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real pid namespace, made with {@code unshare}; by root as it is, otherwise with a user namespace around it. Closing
 * it kills all that lives in it.
 */
public final class Unshared implements AutoCloseable {
    private final Process unshare;
    private final long initPid;

    private Unshared(Process unshare, long initPid) {
        this.unshare = unshare;
        this.initPid = initPid;
    }

    /** A namespace whose init is a shell that waits. */
    public static Unshared start() {
        return running("sh", "-c", "echo ready; read wait");
    }

    /**
     * A namespace whose init is a command.
     *
     * @param command must print a line once it runs, and end when its standard input does
     */
    public static Unshared running(String... command) {
        List<String> line = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child"));
        if (!isRoot()) {
            line.addAll(List.of("--user", "--map-root-user"));
        }
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String ready = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (ready == null && !isRoot()) {
                Needs.that(false, "the right to make user namespaces is needed");
            }
            return new Unshared(process, onlyChildOf(process.pid()));
        } catch (IOException e) {
            throw new IllegalStateException("running " + line, e);
        }
    }

    /** The init as its maker sees it. */
    public long initPid() {
        return initPid;
    }

    /** Waits until the one child of the init runs a program: a shell goes on before that. */
    public void awaitChild(String command) throws IOException, InterruptedException {
        Path comm = Path.of("/proc/" + onlyChildOf(initPid) + "/comm");
        while (unshare.isAlive() && !Files.readString(comm).startsWith(command)) {
            unshare.waitFor(10, TimeUnit.MILLISECONDS);
        }
    }

    /** The process outside that made the namespace. */
    public long makerPid() {
        return unshare.pid();
    }

    /** The number in {@code pid:[…]} of a process. */
    public static long inodeOf(long pid) {
        try {
            return (long) Files.getAttribute(Path.of("/proc/" + pid + "/ns/pid"), "unix:ino");
        } catch (IOException e) {
            throw new IllegalStateException("namespace of " + pid, e);
        }
    }

    /** The one child of a process, by the kernel's list. */
    public static long onlyChildOf(long pid) {
        try {
            String children = Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children"));
            return Long.parseLong(children.strip());
        } catch (IOException e) {
            throw new IllegalStateException("children of " + pid, e);
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Override
    public void close() {
        ProcessHandle.of(initPid).ifPresent(ProcessHandle::destroyForcibly);
        unshare.destroyForcibly();
        try {
            if (!unshare.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("unshare does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
