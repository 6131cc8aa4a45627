// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/** The thread that calls, as the kernel has it, and the time. */
public final class CallingThread {
    /** include/uapi/linux/time.h. */
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;

    private static final int CLOCK_BOOTTIME = 7;

    private final SystemCall binding;
    private final Scratch.Pool scratches;
    private final SyscallNumbers numbers;

    CallingThread(SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers) {
        this.binding = binding;
        this.scratches = scratches;
        this.numbers = numbers;
    }

    /** How long it has run on a CPU, in nanoseconds. */
    public long cpuNanos() {
        return nanos(CLOCK_THREAD_CPUTIME_ID);
    }

    /**
     * How long ago the machine was booted, in nanoseconds; by this the kernel notes when a process starts. It goes on while
     * the machine is suspended, which {@link System#nanoTime()} does not.
     */
    public long nanosSinceBoot() {
        return nanos(CLOCK_BOOTTIME);
    }

    private long nanos(int clock) {
        Scratch scratch = scratches.take();
        try {
            binding.call(scratch, numbers.clockGettime(), clock, scratch.address(), 0, 0, 0);
            ByteBuffer memory = scratch.memory(); // struct timespec: seconds 8, nanoseconds 8
            return 1_000_000_000 * memory.getLong(0) + memory.getLong(8);
        } finally {
            scratches.giveBack(scratch);
        }
    }
}
