// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/**
 * An error number of Linux, as include/uapi/asm-generic/errno-base.h and errno.h give them; the same on x86-64 and
 * aarch64.
 *
 * @param number the positive number
 */
public record Errno(int number) {
    /** Operation not permitted. */
    public static final Errno EPERM = new Errno(1);
    /** No such file or directory. */
    public static final Errno ENOENT = new Errno(2);
    /** No such process. */
    public static final Errno ESRCH = new Errno(3);
    /** Interrupted by a signal. */
    public static final Errno EINTR = new Errno(4);
    /** Not an open descriptor, or one opened with O_PATH. */
    public static final Errno EBADF = new Errno(9);
    /** Nothing there at the moment. */
    public static final Errno EAGAIN = new Errno(11);
    /** Permission denied. */
    public static final Errno EACCES = new Errno(13);
    /** Invalid argument. */
    public static final Errno EINVAL = new Errno(22);
    /** The machine's file table is full. */
    public static final Errno ENFILE = new Errno(23);
    /** The process's descriptor table is full. */
    public static final Errno EMFILE = new Errno(24);
    /** No such ioctl for this descriptor. */
    public static final Errno ENOTTY = new Errno(25);
    /** No room left. */
    public static final Errno ENOSPC = new Errno(28);
    /** A socket's buffer ran over. */
    public static final Errno ENOBUFS = new Errno(105);
    /** A socket that is not connected. */
    public static final Errno ENOTCONN = new Errno(107);
    /** No answer in time. */
    public static final Errno ETIMEDOUT = new Errno(110);
    /** No such system call. */
    public static final Errno ENOSYS = new Errno(38);

    /** The kernel's name for it, or the number where this list does not have it. */
    public String symbol() {
        return switch (number) {
            case 1 -> "EPERM";
            case 2 -> "ENOENT";
            case 3 -> "ESRCH";
            case 4 -> "EINTR";
            case 5 -> "EIO";
            case 7 -> "E2BIG";
            case 9 -> "EBADF";
            case 11 -> "EAGAIN";
            case 12 -> "ENOMEM";
            case 13 -> "EACCES";
            case 14 -> "EFAULT";
            case 17 -> "EEXIST";
            case 19 -> "ENODEV";
            case 20 -> "ENOTDIR";
            case 22 -> "EINVAL";
            case 23 -> "ENFILE";
            case 24 -> "EMFILE";
            case 25 -> "ENOTTY";
            case 28 -> "ENOSPC";
            case 36 -> "ENAMETOOLONG";
            case 38 -> "ENOSYS";
            case 40 -> "ELOOP";
            case 88 -> "ENOTSOCK";
            case 92 -> "ENOPROTOOPT";
            case 95 -> "EOPNOTSUPP";
            case 93 -> "EPROTONOSUPPORT";
            case 105 -> "ENOBUFS";
            case 107 -> "ENOTCONN";
            case 110 -> "ETIMEDOUT";
            default -> "E" + number;
        };
    }

    /** Whether it says that a right is missing. */
    public boolean isRefusal() {
        return number == 1 || number == 13;
    }

    /** Whether it says that this process or the machine has no descriptor or no memory left. */
    public boolean isExhaustion() {
        return number == 12 || number == 23 || number == 24;
    }

    @Override
    public String toString() {
        return "errno " + number + " (" + symbol() + ")";
    }
}
