// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.util.function.LongConsumer;

/**
 * Tells of the ends of processes as they happen: an epoll on their pidfds. A descriptor that is closed drops out of it by
 * itself.
 *
 * <p>{@code struct epoll_event} (include/uapi/linux/eventpoll.h) is events 4, data 8; packed on x86-64, elsewhere with
 * four bytes between.
 */
public final class ProcessEnds implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    /** Told once, so that an end which nobody waits for any more does not wake the reader again and again. */
    private static final int EPOLLONESHOT = 1 << 30;

    private static final int AT_ONCE = 64;

    private final Linux linux;
    private final SystemCall binding;
    private final Scratch.Pool scratches;
    private final SyscallNumbers numbers;
    private final int data;
    private final int length;
    private final long epoll;
    private final Reading reading;

    private ProcessEnds(
            Linux linux,
            SystemCall binding,
            Scratch.Pool scratches,
            SyscallNumbers numbers,
            long epoll,
            WakeUp wakeUp) {
        this.linux = linux;
        this.binding = binding;
        this.scratches = scratches;
        this.numbers = numbers;
        this.data = numbers.isEpollEventPacked() ? 4 : 8;
        this.length = data + 8;
        this.epoll = epoll;
        this.reading = new Reading(wakeUp::wake, () -> {
            linux.close((int) epoll);
            wakeUp.close();
        });
    }

    static ProcessEnds open(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers)
            throws LinuxException {
        WakeUp wakeUp = WakeUp.open(linux, binding, scratches, numbers);
        long epoll = linux.call(numbers.epollCreate1(), EPOLL_CLOEXEC, 0, 0);
        ProcessEnds ends = new ProcessEnds(linux, binding, scratches, numbers, epoll, wakeUp);
        if (epoll < 0) {
            ends.close();
            throw linux.failure("epoll_create1", epoll);
        }
        if (!ends.add(wakeUp.fd(), 0)) {
            ends.close();
            throw linux.failure("epoll_ctl", -Errno.ENOSPC.number());
        }
        return ends;
    }

    /**
     * Whether the kernel will tell of the end of the process behind a pidfd; not if it has no room for another, or nobody
     * listens any more.
     */
    boolean add(int pidFd, long pid) {
        return reading.with(() -> added(pidFd, pid));
    }

    private boolean added(int pidFd, long pid) {
        Scratch scratch = scratches.take();
        try {
            scratch.memory().putInt(0, EPOLLIN | EPOLLONESHOT).putLong(data, pid);
            return binding.call(scratch, numbers.epollCtl(), epoll, EPOLL_CTL_ADD, pidFd, scratch.address(), 0) == 0;
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /**
     * Reads until {@link #close}, telling the pid of each process that ended; for a thread of its own.
     *
     * @throws LinuxException if it breaks
     */
    public void read(LongConsumer pids) throws LinuxException {
        if (!reading.begin()) {
            return;
        }
        Scratch scratch = binding.newScratch();
        try {
            while (!reading.isEnded()) {
                // the size of a signal mask, the sixth argument, is not looked at where there is no mask
                long count = binding.call(scratch, numbers.epollPwait(), epoll, scratch.address(), AT_ONCE, -1, 0);
                if (count < 0 && count != -Errno.EINTR.number()) {
                    throw linux.failure("epoll_pwait", count);
                }
                for (int i = 0; i < count && !reading.isEnded(); i++) {
                    pids.accept(scratch.memory().getLong(i * length + data));
                }
            }
        } finally {
            reading.close();
        }
    }

    /** Ends the reading, and closes the descriptors once nobody reads. */
    @Override
    public void close() {
        reading.end();
    }
}
