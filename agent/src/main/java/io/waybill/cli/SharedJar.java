// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The agent's jar where a process can open it: where it is, if the process has the same root and mounts, otherwise a copy
 * in the folder {@code /tmp} of the process. What lies there belongs to the container: nothing is overwritten and no link
 * is followed.
 */
final class SharedJar implements AutoCloseable {
    private final String pathForTarget;
    private final @Nullable Path copy;

    private SharedJar(String pathForTarget, @Nullable Path copy) {
        this.pathForTarget = pathForTarget;
        this.copy = copy;
    }

    /**
     * Makes the jar visible.
     *
     * @throws IOException if it cannot be copied
     */
    static SharedJar forProcess(long pid, Path jar) throws IOException {
        Path root = Path.of("/proc/" + pid + "/root");
        if (seesTheSame(root, jar)) {
            return new SharedJar(jar.toString(), null);
        }
        checkOpen(pid, root);
        Path tmp = root.resolve("tmp");
        if (!Files.isDirectory(tmp, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the process " + pid + " has no folder /tmp to copy " + jar.getFileName() + " to");
        }
        String name = "waybill-agent-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".jar";
        Path copy = tmp.resolve(name);
        try {
            Files.copy(jar, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (FileAlreadyExistsException | AccessDeniedException e) {
            throw new IOException("copying " + jar.getFileName() + " to /tmp of the process " + pid + ": " + e, e);
        }
        return new SharedJar("/tmp/" + name, copy);
    }

    /** The path by which the process opens it. */
    String pathForTarget() {
        return pathForTarget;
    }

    /** Removes the copy; the JVM has opened it by then. */
    @Override
    public void close() throws IOException {
        if (copy != null) {
            Files.deleteIfExists(copy);
        }
    }

    /** The root of another user's process is closed, to whom may not attach to it either. */
    private static void checkOpen(long pid, Path root) throws IOException {
        try {
            Files.readSymbolicLink(root);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "the process " + pid + " is of user "
                            + Files.getOwner(root.getParent()).getName()
                            + " and not open to " + System.getProperty("user.name") + ": " + root
                            + ": permission denied; run this command as that user or as root",
                    e);
        }
    }

    private static boolean seesTheSame(Path root, Path jar) {
        try {
            return Files.isSameFile(jar, root.resolve(jar.toString().substring(1)));
        } catch (IOException e) {
            return false; // not there, or not to be seen
        }
    }
}
