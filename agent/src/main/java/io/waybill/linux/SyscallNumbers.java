// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/**
 * The numbers of the system calls on one architecture: arch/x86/entry/syscalls/syscall_64.tbl, and
 * include/uapi/asm-generic/unistd.h for aarch64, where ppoll stands for poll, too. From 424 on they are the same everywhere.
 */
record SyscallNumbers(
        long read,
        long close,
        long fstat,
        long ioctl,
        long openat,
        long ppoll,
        long poll,
        long getsockopt,
        long getdents64,
        long socket,
        long bind,
        long write,
        long epollCreate1,
        long epollCtl,
        long epollPwait,
        long eventfd2,
        long inotifyInit1,
        long inotifyAddWatch,
        long setsockopt,
        long clockGettime,
        boolean isEpollEventPacked) {
    static final long PIDFD_OPEN = 434;

    private static final SyscallNumbers X86_64 = new SyscallNumbers(
            0, 3, 5, 16, 257, 271, 7, 55, 217, 41, 49, 1, 291, 233, 281, 290, 294, 254, 54, 228, true);
    private static final SyscallNumbers AARCH64 = new SyscallNumbers(
            63, 57, 80, 29, 56, 73, 73, 209, 61, 198, 200, 64, 20, 21, 22, 19, 26, 27, 208, 113, false);

    /**
     * The numbers for a JVM.
     *
     * @param osArch the value of {@code os.arch}
     * @throws IllegalArgumentException if it is neither {@code amd64} nor {@code aarch64}
     */
    static SyscallNumbers of(String osArch) {
        return switch (osArch) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new IllegalArgumentException("os.arch " + osArch + ": amd64 or aarch64 is needed");
        };
    }

    /** Whether there is a poll beside ppoll. */
    boolean hasPoll() {
        return poll != ppoll;
    }
}
