// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.Errno;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.procfs.ProcFormatException;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.ProcStat;
import io.waybill.procfs.ProcStatus;
import io.waybill.procfs.ProcText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens processes by their number: by a pidfd where the kernel and its filters allow, otherwise by start time. */
final class Processes {
    private final @Nullable Linux linux;
    private final ProcFs procFs;
    private final NamespaceFiles files;
    private volatile boolean pidFdsWork;

    Processes(@Nullable Linux linux, ProcFs procFs) {
        this.linux = linux;
        this.procFs = procFs;
        this.files = NamespaceFiles.of(linux, procFs);
        this.pidFdsWork = linux != null;
    }

    /**
     * Holds a process.
     *
     * @throws UnreadableException if there is none, it is a thread, or nothing is left to hold it with
     */
    HeldProcess open(long pid) throws UnreadableException {
        if (linux == null || !pidFdsWork) {
            return openByStartTime(pid);
        }
        try {
            return new PidFdProcess(files, linux.openProcess(pid));
        } catch (LinuxException e) {
            return afterFailure(pid, e);
        }
    }

    /** The namespace files of processes. */
    NamespaceFiles files() {
        return files;
    }

    /** What holds a process here, for {@code doctor}. */
    String guard() {
        return pidFdsWork ? "pidfd" : "start time";
    }

    private HeldProcess afterFailure(long pid, LinuxException e) throws UnreadableException {
        Errno errno = e.errno();
        if (errno.equals(Errno.ESRCH)) {
            throw UnreadableException.gone(e.getMessage());
        }
        // a thread's id: EINVAL, since Linux 6.16 ENOENT (kernel/fork.c, pidfd_prepare)
        if (errno.equals(Errno.EINVAL) || errno.equals(Errno.ENOENT)) {
            throw UnreadableException.thread(pid + " is the id of a thread, not of a process");
        }
        if (errno.isExhaustion()) {
            throw UnreadableException.exhausted(e.getMessage());
        }
        pidFdsWork = false; // ENOSYS before Linux 5.3, EPERM or ENOSYS from a seccomp filter: for good
        return openByStartTime(pid);
    }

    private HeldProcess openByStartTime(long pid) throws UnreadableException {
        ProcText text = procFs.read(pid, "stat");
        if (text instanceof ProcText.Refused refused) {
            throw UnreadableException.refused(refused.reason());
        }
        String line = text.linesOrNone().stream().findFirst().orElse("");
        if (line.isEmpty()) {
            throw UnreadableException.gone("no process " + pid + " in " + procFs.root());
        }
        if (processOf(pid) != pid) {
            throw UnreadableException.thread(pid + " is the id of a thread, not of a process");
        }
        return new StartTimeProcess(files, procFs, pid, ProcStat.parse(line).startTicks());
    }

    /** The process that a thread belongs to; the number itself if /proc has nothing better. */
    long processOf(long threadOrProcess) {
        List<String> lines = procFs.readStatus(threadOrProcess).linesOrNone();
        try {
            return lines.isEmpty() ? threadOrProcess : ProcStatus.parse(lines).tgid();
        } catch (ProcFormatException e) {
            return threadOrProcess; // reaped while the file was open, which has Tgid 0 then (fs/proc/array.c)
        }
    }
}
