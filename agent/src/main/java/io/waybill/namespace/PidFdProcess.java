// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.Errno;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.NamespaceFd;
import io.waybill.linux.PidFd;
import io.waybill.procfs.ProcFs;

/** A process held by a pidfd. */
record PidFdProcess(Linux linux, ProcFs procFs, PidFd pidFd) implements HeldProcess {
    @Override
    public long pid() {
        return pidFd.pid();
    }

    @Override
    public boolean isAlive() {
        return pidFd.isAlive();
    }

    @Override
    public String guard() {
        return "pidfd";
    }

    /**
     * By the pidfd from Linux 6.11 on. Otherwise, and for a process whose leader thread has ended (ESRCH), by /proc: that
     * the pidfd is alive after the open proves that the number still meant this process.
     */
    @Override
    public OpenNamespace pidNamespace() throws UnreadableException {
        try {
            return open(pidFd.pidNamespace());
        } catch (LinuxException e) {
            if (e.errno().isRefusal()) {
                throw UnreadableException.refused(e.getMessage() + NamespaceFiles.MISSING_RIGHT);
            }
            if (e.errno().isExhaustion()) {
                throw UnreadableException.exhausted(e.getMessage());
            }
            if (e.errno().equals(Errno.ESRCH) && !pidFd.isAlive()) {
                throw UnreadableException.gone(e.getMessage());
            }
        }
        OpenNamespace namespace = new NamespaceFiles(linux, procFs).open(pid());
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
