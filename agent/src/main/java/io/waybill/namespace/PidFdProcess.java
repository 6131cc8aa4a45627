// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.LinuxException;
import io.waybill.linux.NamespaceFd;
import io.waybill.linux.PidFd;
import io.waybill.linux.ProcessEnds;

/** A process held by a pidfd. */
record PidFdProcess(NamespaceFiles files, PidFd pidFd) implements HeldProcess {
    @Override
    public long pid() {
        return pidFd.pid();
    }

    @Override
    public boolean isAlive() {
        return pidFd.isAlive();
    }

    @Override
    public boolean watch(ProcessEnds ends) {
        return pidFd.watch(ends);
    }

    @Override
    public String guard() {
        return "pidfd";
    }

    /**
     * By the pidfd from Linux 6.11 on. Otherwise, for a process whose leader thread has ended (ESRCH), and where a refusal
     * may be that of a seccomp filter, by /proc: that the pidfd is alive after the open proves that the number still meant
     * this process.
     */
    @Override
    public OpenNamespace pidNamespace() throws UnreadableException {
        try {
            return open(pidFd.pidNamespace());
        } catch (LinuxException e) {
            if (e.errno().isExhaustion()) {
                throw UnreadableException.exhausted(e.getMessage());
            }
            return byProc(e);
        }
    }

    private OpenNamespace byProc(LinuxException byPidFd) throws UnreadableException {
        OpenNamespace namespace;
        try {
            namespace = files.open(pid());
        } catch (UnreadableException e) {
            if (e.kind() == UnreadableException.Kind.GONE && pidFd.isAlive()) {
                // hidden by the procfs mount, so that only the pidfd tells
                throw UnreadableException.refused(byPidFd.getMessage() + files.missingRight());
            }
            throw e;
        }
        if (!pidFd.isAlive()) {
            namespace.close();
            throw UnreadableException.gone(pid() + " ended while its namespace was opened");
        }
        return namespace;
    }

    @Override
    public void close() {
        pidFd.close();
    }

    private static OpenNamespace open(NamespaceFd fd) throws LinuxException {
        try {
            return new OpenNamespace(fd.id(), fd);
        } catch (LinuxException e) {
            fd.close();
            throw e;
        }
    }
}
