// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import io.waybill.api.NamespaceId;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A descriptor of a namespace: while it is open, the namespace keeps its inode number. Requests are those of
 * include/uapi/linux/nsfs.h; the numbers hold for x86-64 and aarch64.
 */
public final class NamespaceFd implements AutoCloseable {
    /** {@code _IO(0xb7, 0x2)}; Linux 4.9. */
    private static final int NS_GET_PARENT = 0xb702;
    /** {@code _IO(0xb7, 0x3)}; Linux 4.11. */
    private static final int NS_GET_NSTYPE = 0xb703;
    /** {@code _IO(0xb7, 0x5)}; the proposal of 2020, in no mainline kernel. */
    private static final int NS_GET_INIT_PID = 0xb705;
    /** {@code _IOR(0xb7, 0x7, int)}; Linux 6.11. */
    private static final int NS_GET_TGID_FROM_PIDNS = 0x8004b707;
    /** {@code _IOR(0xb7, 13, __u64)}; Linux 6.18. */
    private static final int NS_GET_ID = 0x8008b70d;

    /** {@code CLONE_NEWPID} of include/uapi/linux/sched.h. */
    private static final long CLONE_NEWPID = 0x20000000;

    private final Linux linux;
    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    NamespaceFd(Linux linux, int fd) {
        this.linux = linux;
        this.fd = fd;
    }

    /**
     * Which namespace it is.
     *
     * @throws LinuxException if the descriptor is closed
     */
    public NamespaceId id() throws LinuxException {
        return linux.stat(fd, NamespaceId::new);
    }

    /** Whether it is proven to be a pid namespace; false also where the kernel or a filter refuses to say. */
    public boolean isPidNamespace() {
        return linux.ioctl(fd, NS_GET_NSTYPE, 0) == CLONE_NEWPID;
    }

    /**
     * Asks by the ioctl of 2020. To be called on a proven pid namespace only: in some kernels the same number means
     * something else on other namespaces. The answer is not to be trusted: it may be 0 where there is no init to be
     * seen, the id of a thread, or that of a process that has nothing to do with the namespace.
     *
     * @return the number, as this JVM sees it, or minus the errno: EINVAL, EPERM, ESRCH or ENOTTY
     */
    public long askInitPid() {
        return linux.ioctl(fd, NS_GET_INIT_PID, 0);
    }

    /**
     * Asks for the process that has a number in this namespace.
     *
     * @param pidInside the process id in this namespace, passed by value
     * @return its process id as this JVM sees it, or minus the errno: ESRCH if it is gone or not visible from here,
     *     ENOTTY before Linux 6.11
     */
    public long askTgid(long pidInside) {
        return linux.ioctl(fd, NS_GET_TGID_FROM_PIDNS, pidInside);
    }

    /**
     * Opens the namespace around this one.
     *
     * @throws LinuxException EPERM if that is not this JVM's own nor below it
     */
    public NamespaceFd parent() throws LinuxException {
        long result = linux.ioctl(fd, NS_GET_PARENT, 0);
        if (result < 0) {
            throw linux.failure("ioctl NS_GET_PARENT", result);
        }
        return new NamespaceFd(linux, (int) result);
    }

    /**
     * The kernel's number for it, which is never reused.
     *
     * @throws LinuxException ENOTTY before Linux 6.18
     */
    public long kernelId() throws LinuxException {
        return linux.ioctlWriting(fd, NS_GET_ID, "NS_GET_ID");
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            linux.close(fd);
        }
    }
}
