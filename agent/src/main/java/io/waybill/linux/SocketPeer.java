// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The process at the other end of a Unix-domain socket: at the server the one that connected, at the client the one that
 * listened. The kernel took note of it then, so a descriptor that was handed on does not change it.
 *
 * @param pid its process id as this JVM sees it; 0 if it has none here
 * @param process the process, held; null where the kernel does not hold it for us, or it has been reaped
 * @param reaped whether the kernel says that it has
 */
public record SocketPeer(long pid, @Nullable PidFd process, boolean reaped) implements AutoCloseable {
    /** include/uapi/asm-generic/socket.h, for x86-64 and aarch64. */
    private static final int SOL_SOCKET = 1;

    private static final int SO_PEERCRED = 17;
    /** Linux 6.5. */
    private static final int SO_PEERPIDFD = 77;

    /** {@code struct ucred} of include/linux/socket.h: pid, uid, gid, 32 bits each. */
    private static final int UCRED_LENGTH = 12;

    private static final int UID = 4;
    private static final int LENGTH = 16;
    private static final int NOBODY = -1;

    /**
     * Asks.
     *
     * @throws LinuxException ENOTCONN, as we have it, if the socket has no such peer: it is of another kind, or does not
     *     connect anything; EBADF or ENOTSOCK if the descriptor is no socket
     */
    static SocketPeer ask(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers, int fd)
            throws LinuxException {
        Scratch scratch = scratches.take();
        try {
            return ask(linux, binding, scratch, numbers, fd);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    private static SocketPeer ask(Linux linux, SystemCall binding, Scratch scratch, SyscallNumbers numbers, int fd)
            throws LinuxException {
        ByteBuffer memory = scratch.memory();
        check(linux, "SO_PEERCRED", option(binding, scratch, numbers, fd, SO_PEERCRED, UCRED_LENGTH));
        long pid = memory.getInt(0) & 0xffffffffL;
        if (pid == 0 && memory.getInt(UID) == NOBODY) {
            throw linux.failure("getsockopt SO_PEERCRED", -Errno.ENOTCONN.number());
        }
        if (pid == 0) {
            return new SocketPeer(0, null, false);
        }
        long result = option(binding, scratch, numbers, fd, SO_PEERPIDFD, Integer.BYTES);
        if (result < 0) {
            // EINVAL before Linux 6.15 and ESRCH since: the peer has been reaped
            boolean reaped = result == -Errno.EINVAL.number() || result == -Errno.ESRCH.number();
            return new SocketPeer(pid, null, reaped);
        }
        return new SocketPeer(pid, new PidFd(linux, memory.getInt(0), pid), false);
    }

    /** Whether the process may live, so that its number means it and no other. */
    public boolean mayLive() {
        return process == null ? !reaped : process.isAlive();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private static long option(
            SystemCall binding, Scratch scratch, SyscallNumbers numbers, int fd, int name, int length) {
        scratch.memory().putInt(LENGTH, length);
        return binding.call(
                scratch, numbers.getsockopt(), fd, SOL_SOCKET, name, scratch.address(), scratch.address() + LENGTH);
    }

    private static void check(Linux linux, String name, long result) throws LinuxException {
        if (result < 0) {
            throw linux.failure("getsockopt " + name, result);
        }
    }
}
