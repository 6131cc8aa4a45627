// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent's jar where a process can open it: where it is, if the process has the same root and mounts, otherwise a copy
 * in the folder {@code /tmp} of the process. What lies there belongs to the container, which may put a link in the place of
 * anything at any moment, and links there lead into this process's own root: so nothing is overwritten and no link is
 * followed, and every step is taken from the folder that was opened before (openat).
 */
final class SharedJar implements AutoCloseable {
    private final String pathForTarget;
    /** Where the copy is; null where there is none. */
    private final @Nullable SecureDirectoryStream<Path> tmp;

    private SharedJar(String pathForTarget, @Nullable SecureDirectoryStream<Path> tmp) {
        this.pathForTarget = pathForTarget;
        this.tmp = tmp;
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
        return copiedBelow(root, jar, "the process " + pid);
    }

    /**
     * Copies it.
     *
     * @param root the root of a process
     * @param whose is told where that fails
     */
    static SharedJar copiedBelow(Path root, Path jar, String whose) throws IOException {
        Path name = Path.of("waybill-agent-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".jar");
        SharedJar shared = new SharedJar("/tmp/" + name, tmpOf(root, jar, whose));
        boolean done = false;
        try {
            shared.write(jar, name);
            done = true;
            return shared;
        } catch (FileSystemException e) {
            throw new IOException("copying " + jar.getFileName() + " to /tmp of " + whose + ": " + e, e);
        } finally {
            if (!done) {
                shared.close();
            }
        }
    }

    /** The path by which the process opens it. */
    String pathForTarget() {
        return pathForTarget;
    }

    /** Removes the copy; the JVM has opened it by then. */
    @Override
    public void close() throws IOException {
        if (tmp == null) {
            return;
        }
        try (tmp) {
            tmp.deleteFile(Path.of(pathForTarget).getFileName());
        } catch (NoSuchFileException e) {
            return; // whoever owns the folder removed it
        }
    }

    private static SecureDirectoryStream<Path> tmpOf(Path root, Path jar, String whose) throws IOException {
        try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
            if (!(top instanceof SecureDirectoryStream<Path> folder)) {
                throw new IOException("folders cannot be opened step by step here");
            }
            return folder.newDirectoryStream(Path.of("tmp"), LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException e) {
            throw new IOException("copying " + jar.getFileName() + " to /tmp of " + whose + ": " + e, e);
        } catch (FileSystemException e) {
            throw new IOException(whose + " has no folder /tmp to copy " + jar.getFileName() + " to", e);
        }
    }

    private void write(Path jar, Path name) throws IOException {
        SecureDirectoryStream<Path> folder = Objects.requireNonNull(tmp);
        try (var out = Channels.newOutputStream(folder.newByteChannel(
                name, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS)))) {
            Files.copy(jar, out);
        }
        folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** The root of another user's process is closed, to whom may not attach to it either. */
    private static void checkOpen(long pid, Path root) throws IOException {
        try {
            Files.readSymbolicLink(root);
        } catch (AccessDeniedException e) {
            String owner = Files.getOwner(root.getParent()).getName();
            String user = System.getProperty("user.name");
            String advice = user.equals("root") || user.equals(owner)
                    ? "a security module of the kernel forbids it, or the process has rights that this command lacks"
                    : "run this command as that user or as root";
            throw new IOException(
                    "the process " + pid + " is of user " + owner + " and not open to " + user + ": " + root
                            + ": permission denied; " + advice,
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
