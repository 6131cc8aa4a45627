// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/**
 * A system call that failed: what was called, on what, and the errno.
 *
 * <p>Carries no stack trace: a process that ended is an everyday answer, and answers are to be cheap.
 */
public final class LinuxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final transient Errno errno;

    LinuxException(String call, Errno errno) {
        super(null, null, false, false);
        this.call = call;
        this.errno = errno;
    }

    /** What the kernel answered. */
    public Errno errno() {
        return errno;
    }

    /** For instance {@code ioctl NS_GET_PARENT on pid:[4026531836]: errno 1 (EPERM)}. */
    @Override
    public String getMessage() {
        return call + ": " + errno;
    }
}
