// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.NamespaceId;
import io.waybill.linux.Errno;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.NamespaceFd;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files {@code /proc/PID/ns/pid}: opened where the C library can be called, otherwise only looked at. */
record NamespaceFiles(@Nullable Linux linux, ProcFs procFs, TraceRight traceRight) {
    static NamespaceFiles of(@Nullable Linux linux, ProcFs procFs) {
        return new NamespaceFiles(linux, procFs, new TraceRight(procFs, System::nanoTime));
    }

    /**
     * Opens the pid namespace of a process; where its leader thread has ended, that of another of its threads.
     *
     * @throws UnreadableException if no thread shows it
     */
    OpenNamespace open(long pid) throws UnreadableException {
        try {
            return openFile(procFs.root() + "/" + pid + "/ns/pid");
        } catch (UnreadableException e) {
            // what is refused of its leader is refused of every thread, of which there may be thousands
            OpenNamespace ofThread = e.kind() == UnreadableException.Kind.GONE ? openByThread(pid) : null;
            if (ofThread == null) {
                throw e;
            }
            return ofThread;
        }
    }

    /**
     * Opens one of the namespace files of this JVM.
     *
     * @param name such as {@code pid_for_children}
     * @throws UnreadableException if this kernel has no such file, or refuses it
     */
    OpenNamespace openOwn(String name) throws UnreadableException {
        return openFile(procFs.root() + "/self/ns/" + name);
    }

    /** The same, only looked at. */
    NamespaceFiles withoutDescriptors() {
        return new NamespaceFiles(null, procFs, traceRight);
    }

    /** What is missing where the kernel refuses one, to stand behind the refused call. */
    String missingRight() {
        return "; " + traceRight.missing();
    }

    private @Nullable OpenNamespace openByThread(long pid) {
        OpenNamespace opened = null;
        for (Iterator<Long> threads = procFs.otherThreads(pid).iterator(); opened == null && threads.hasNext(); ) {
            try {
                opened = openFile(procFs.root() + "/" + pid + "/task/" + threads.next() + "/ns/pid");
            } catch (UnreadableException e) {
                opened = null; // ended too, or refused as the leader was
            }
        }
        return opened;
    }

    private OpenNamespace openFile(String path) throws UnreadableException {
        if (procFs.forbidden() != null) {
            throw UnreadableException.refused(procFs.forbidden());
        }
        return linux == null ? look(path) : open(linux, path);
    }

    private OpenNamespace open(Linux linux, String path) throws UnreadableException {
        try {
            NamespaceFd fd = linux.openNamespace(path);
            try {
                return new OpenNamespace(fd.id(), fd);
            } catch (LinuxException e) {
                fd.close();
                throw e;
            }
        } catch (LinuxException e) {
            Errno errno = e.errno();
            if (errno.equals(Errno.ENOENT) || errno.equals(Errno.ESRCH)) {
                throw UnreadableException.gone(e.getMessage());
            }
            throw errno.isExhaustion()
                    ? UnreadableException.exhausted(e.getMessage())
                    : UnreadableException.refused(e.getMessage() + (errno.isRefusal() ? missingRight() : ""));
        }
    }

    private OpenNamespace look(String path) throws UnreadableException {
        try {
            Path file = Path.of(path);
            return new OpenNamespace(new NamespaceId(number(file, "unix:dev"), number(file, "unix:ino")), null);
        } catch (NoSuchFileException e) {
            throw UnreadableException.gone(path + ": no such process");
        } catch (AccessDeniedException e) {
            throw UnreadableException.refused(path + ": permission denied (EACCES)" + missingRight());
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw message.toLowerCase(Locale.ROOT).contains("no such process")
                    ? UnreadableException.gone(message)
                    : UnreadableException.refused(message);
        }
    }

    private static long number(Path file, String attribute) throws IOException {
        return ((Number) Objects.requireNonNull(Files.getAttribute(file, attribute), attribute)).longValue();
    }
}
