// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A procfs: the mounted one, or one recorded into a folder.
 *
 * <p>Pids are those of the pid namespace that the procfs was mounted for.
 *
 * @param root the mount point or the folder
 * @param forbidden why nothing may be read there, which then is the answer to every read; otherwise null
 * @param files reads its files
 */
public record ProcFs(Path root, @Nullable String forbidden, WholeFiles files) {
    /** The largest part of a file that is read; the kernel's files about one process stay far below it. */
    static final int LIMIT = 4 << 20;

    private static final byte[] NS_PID = "NSpid:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

    /** A procfs that may be read. */
    public ProcFs(Path root) {
        this(root, null, WholeFiles.BY_JDK);
    }

    /** The procfs at /proc, as far as it speaks the pids of this JVM. */
    public static ProcFs mounted() {
        ProcFs mounted = new ProcFs(Path.of("/proc"));
        return new ProcFs(mounted.root, ForeignProcFs.whyNotOurs(mounted).orElse(null), mounted.files);
    }

    /** The same one, read by other means. */
    public ProcFs readBy(WholeFiles others) {
        return new ProcFs(root, forbidden, others);
    }

    /**
     * Reads a file about a process.
     *
     * @param pid a process id of this procfs
     * @param file its path below the process's folder, such as {@code status}
     */
    public ProcText read(long pid, String file) {
        return read(root + "/" + pid + "/" + file);
    }

    /**
     * Reads who a process is: its {@code status} as far as the line {@code NSpid}, which is a quarter of it.
     *
     * @param pid a process or thread id of this procfs
     */
    public ProcText readStatus(long pid) {
        return read(root + "/" + pid + "/status", NS_PID);
    }

    /**
     * Reads a file about the process that reads it.
     *
     * @param file its path below {@code self}
     */
    public ProcText readSelf(String file) {
        return read(root + "/self/" + file);
    }

    /**
     * Reads a file about the machine.
     *
     * @param file its path below the root, such as {@code stat}
     */
    public ProcText readFile(String file) {
        return read(root + "/" + file);
    }

    /**
     * The target of a link about a process, such as {@code pid:[4026531836]} of {@code ns/pid}.
     *
     * @param pid a process id of this procfs
     * @param file its path below the process's folder
     * @return one line, or why there is none
     */
    public ProcText readLink(long pid, String file) {
        return readLink(root.resolve(Long.toString(pid)).resolve(file));
    }

    /**
     * The target of a link about the process that reads it.
     *
     * @param file its path below {@code self}
     * @return one line, or why there is none
     */
    public ProcText readSelfLink(String file) {
        return readLink(root.resolve("self").resolve(file));
    }

    private ProcText readLink(Path path) {
        if (forbidden != null) {
            return new ProcText.Refused(forbidden);
        }
        try {
            return new ProcText.Lines(List.of(Files.readSymbolicLink(path).toString()));
        } catch (IOException e) {
            return failure(path.toString(), e);
        }
    }

    /** The host name in the UTS namespace of the reader; empty where it cannot be read. */
    public String hostName() {
        List<String> lines = readFile("sys/kernel/hostname").linesOrNone();
        return lines.isEmpty() ? "" : lines.get(0);
    }

    /**
     * The processes there are.
     *
     * @throws IOException if the folder cannot be listed
     */
    public long[] pids() throws IOException {
        return numbersIn(root);
    }

    /** The inode number of a process's folder, which a recycled pid does not keep; 0 if the process ended. */
    public long inode(long pid) {
        try {
            Object inode = Files.getAttribute(root.resolve(Long.toString(pid)), "unix:ino");
            return inode instanceof Long number ? number : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The ids of a process's threads but its leader's; empty if it ended or does not show them. */
    public List<Long> otherThreads(long pid) {
        try {
            return Arrays.stream(numbersIn(root.resolve(pid + "/task")))
                    .filter(thread -> thread != pid)
                    .boxed()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private long[] numbersIn(Path folder) throws IOException {
        if (forbidden != null) {
            throw new IOException(forbidden);
        }
        long[] pids = new long[256];
        int count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                long pid = pidOf(entry.getFileName().toString());
                if (pid > 0) {
                    pids = count == pids.length ? Arrays.copyOf(pids, 2 * count) : pids;
                    pids[count++] = pid;
                }
            }
        }
        return Arrays.copyOf(pids, count);
    }

    private ProcText read(String path) {
        return read(path, NOTHING);
    }

    private ProcText read(String path, byte[] last) {
        if (forbidden != null) {
            return new ProcText.Refused(forbidden);
        }
        try {
            return new ProcText.Lines(lines(files.read(path, LIMIT), last));
        } catch (IOException e) {
            return failure(path, e);
        }
    }

    /** The lines down to the one that begins with what is given; all, if there is none or nothing is given. */
    private static List<String> lines(byte[] text, byte[] last) {
        List<String> lines = new ArrayList<>();
        boolean more = true;
        for (int start = 0, end; more && start < text.length; start = end + 1) {
            end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            lines.add(new String(text, start, end - start, StandardCharsets.UTF_8));
            int prefix = Math.min(end, start + last.length);
            more = last.length == 0 || !Arrays.equals(text, start, prefix, last, 0, last.length);
        }
        return lines;
    }

    /** A file of a process that ended between open and read answers ESRCH, for which the JDK has no exception type. */
    private static ProcText failure(String path, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || message.toLowerCase(Locale.ROOT).contains("no such process")) {
            return new ProcText.Gone();
        }
        return new ProcText.Refused(
                e instanceof AccessDeniedException ? path + ": permission denied (EACCES)" : path + ": " + message);
    }

    private static long pidOf(String name) {
        if (name.isEmpty() || name.length() > 10) {
            return 0;
        }
        long pid = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            pid = 10 * pid + (c - '0');
        }
        return pid;
    }
}
