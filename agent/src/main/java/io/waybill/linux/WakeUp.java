// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/** A descriptor that becomes readable when somebody says so, for a thread that waits for others too: eventfd2. */
final class WakeUp implements AutoCloseable {
    private static final int CLOEXEC = 0x80000;

    private final Linux linux;
    private final SystemCall binding;
    private final Scratch.Pool scratches;
    private final SyscallNumbers numbers;
    private final long fd;

    private WakeUp(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers, long fd) {
        this.linux = linux;
        this.binding = binding;
        this.scratches = scratches;
        this.numbers = numbers;
        this.fd = fd;
    }

    static WakeUp open(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers)
            throws LinuxException {
        long fd = linux.call(numbers.eventfd2(), 0, CLOEXEC, 0);
        if (fd < 0) {
            throw linux.failure("eventfd2", fd);
        }
        return new WakeUp(linux, binding, scratches, numbers, fd);
    }

    int fd() {
        return (int) fd;
    }

    void wake() {
        Scratch scratch = scratches.take();
        try {
            scratch.memory().putLong(0, 1);
            binding.call(scratch, numbers.write(), fd, scratch.address(), Long.BYTES, 0, 0);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    @Override
    public void close() {
        linux.close((int) fd);
    }
}
