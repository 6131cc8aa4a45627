// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/** A descriptor of a process: while it is open, what is asked through it is about that process and no other. */
public final class PidFd implements AutoCloseable {
    /** {@code _IO(0xFF, 5)}; Linux 6.11, include/uapi/linux/pidfd.h. */
    private static final int PIDFD_GET_PID_NAMESPACE = 0xff05;

    private final Linux linux;
    private final int fd;
    private final long pid;
    private volatile boolean closed;

    PidFd(Linux linux, int fd, long pid) {
        this.linux = linux;
        this.fd = fd;
        this.pid = pid;
    }

    /** The process id it was opened by, as this JVM sees it. */
    public long pid() {
        return pid;
    }

    /**
     * Whether the process lives: a pidfd becomes readable when its last thread has ended, before it is reaped. Closed, its
     * number may mean another file: then nothing is known of the process, which is as good as ended.
     */
    public boolean isAlive() {
        return !closed && !linux.isReadable(fd);
    }

    /** Lets its end be told; false where the kernel will not. */
    public boolean watch(ProcessEnds ends) {
        return ends.add(fd, pid);
    }

    /**
     * Opens the pid namespace of the process, without a detour over /proc.
     *
     * @throws LinuxException ENOTTY or EINVAL before Linux 6.11; ESRCH if the process, or its leader, has ended; EACCES
     *     or EPERM if the process may not be traced by this one
     */
    public NamespaceFd pidNamespace() throws LinuxException {
        long result = linux.ioctl(fd, PIDFD_GET_PID_NAMESPACE, 0);
        if (result < 0) {
            throw linux.failure("ioctl PIDFD_GET_PID_NAMESPACE on " + pid, result);
        }
        return new NamespaceFd(linux, (int) result);
    }

    @Override
    public void close() {
        if (isFirstToClose()) {
            linux.close(fd);
        }
    }

    /** Not the closing itself, which is a system call that nobody else is to wait for. */
    private synchronized boolean isFirstToClose() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
