// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/**
 * Tells of folders made and removed in watched folders, as it happens: inotify.
 *
 * <pre>
 * struct inotify_event (include/uapi/linux/inotify.h)
 *   0 wd 4, mask 4, cookie 4, len 4, name of len bytes with zeroes behind
 * </pre>
 */
public final class FolderEvents implements AutoCloseable {
    private static final int CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final int IN_CREATE = 0x100;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_ISDIR = 0x40000000;
    /** IN_CREATE, IN_ONLYDIR and IN_DONT_FOLLOW; that a watched folder itself is removed is told in any case. */
    private static final int WANTED = IN_CREATE | 0x01000000 | 0x02000000;

    private static final int HEADER = 16;
    /** How long it is quiet before that is told for the first and for the second time. */
    private static final long[] QUIET_NANOS = {100_000_000, 900_000_000};

    private static final long FOREVER = -1;
    /** In {@code struct pollfd}: fd 4, events 2, revents 2; both architectures are little-endian. */
    private static final long POLLIN = 1L << 32;

    private final Linux linux;
    private final SystemCall binding;
    private final Scratch.Pool scratches;
    private final SyscallNumbers numbers;
    private final long fd;
    private final WakeUp wakeUp;
    private final Reading reading;

    private FolderEvents(
            Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers, long fd, WakeUp wakeUp) {
        this.linux = linux;
        this.binding = binding;
        this.scratches = scratches;
        this.numbers = numbers;
        this.fd = fd;
        this.wakeUp = wakeUp;
        this.reading = new Reading(wakeUp::wake, () -> {
            linux.close((int) fd);
            wakeUp.close();
        });
    }

    static FolderEvents open(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers)
            throws LinuxException {
        WakeUp wakeUp = WakeUp.open(linux, binding, scratches, numbers);
        long fd = linux.call(numbers.inotifyInit1(), CLOEXEC_NONBLOCK, 0, 0);
        FolderEvents events = new FolderEvents(linux, binding, scratches, numbers, fd, wakeUp);
        if (fd < 0) {
            events.close();
            throw linux.failure("inotify_init1", fd);
        }
        return events;
    }

    /**
     * Watches a folder.
     *
     * @return the number that its events carry; the same one if it is watched already
     * @throws LinuxException ENOSPC if the user has no watch left, ENOENT if it is gone
     */
    public int add(String path) throws LinuxException {
        Scratch scratch = scratches.take();
        try {
            long watch = binding.call(scratch, numbers.inotifyAddWatch(), fd, scratch.path(path), WANTED, 0, 0);
            if (watch < 0) {
                throw linux.failure("inotify_add_watch of " + path, watch);
            }
            return (int) watch;
        } finally {
            scratches.giveBack(scratch);
        }
    }

    /**
     * Reads until {@link #close}; for a thread of its own.
     *
     * @throws LinuxException if it breaks
     */
    public void read(Events events) throws LinuxException {
        if (!reading.begin()) {
            return;
        }
        Scratch scratch = binding.newScratch();
        int quiet = QUIET_NANOS.length;
        try {
            while (!reading.isEnded()) {
                if (!isReadableWithin(quiet < QUIET_NANOS.length ? QUIET_NANOS[quiet] : FOREVER, scratch)) {
                    quiet++;
                    events.quiet();
                } else if (!reading.isEnded()) {
                    long length = binding.call(scratch, numbers.read(), fd, scratch.address(), Scratch.SIZE, 0, 0);
                    // a signal ends the waiting too, and then there is nothing to read
                    if (length < 0 && length != -Errno.EINTR.number() && length != -Errno.EAGAIN.number()) {
                        throw linux.failure("reading inotify", length);
                    }
                    if (tell(scratch, (int) length, events) > 0) {
                        quiet = 0;
                    }
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

    /** Whether there is something to read; false after so long, or forever with {@link #FOREVER}. */
    private boolean isReadableWithin(long nanos, Scratch scratch) {
        ByteBuffer memory = scratch.memory();
        memory.putLong(0, fd | POLLIN).putLong(8, wakeUp.fd() | POLLIN);
        memory.putLong(16, 0).putLong(24, nanos);
        long timeout = nanos == FOREVER ? 0 : scratch.address() + 16;
        return binding.call(scratch, numbers.ppoll(), scratch.address(), 2, timeout, 0, 0) != 0;
    }

    private static int tell(Scratch scratch, int length, Events events) {
        ByteBuffer memory = scratch.memory();
        int told = 0;
        for (int at = 0; at < length; at += HEADER + memory.getInt(at + 12)) {
            int mask = memory.getInt(at + 4);
            told++;
            if ((mask & IN_Q_OVERFLOW) != 0) {
                events.lost();
            } else if ((mask & IN_IGNORED) != 0) {
                events.removed(memory.getInt(at));
            } else if ((mask & IN_ISDIR) != 0 && (mask & IN_CREATE) != 0) {
                events.made(memory.getInt(at), scratch.text(at + HEADER, memory.getInt(at + 12)));
            }
        }
        return told;
    }

    /** Is told what happens, in the reading thread. */
    public interface Events {
        /** A folder was made in a watched one. */
        void made(int watch, String name);

        /** A watched folder was removed, and its number with it. */
        void removed(int watch);

        /** Events were lost, since the reader was too slow. */
        void lost();

        /** Nothing happened for a tenth of a second after something had; once more, for a second. */
        void quiet();
    }
}
