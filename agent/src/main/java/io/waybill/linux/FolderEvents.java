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
    private static final int CLOEXEC = 0x80000;
    private static final int IN_CREATE = 0x100;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_ISDIR = 0x40000000;
    /** IN_CREATE, IN_ONLYDIR and IN_DONT_FOLLOW; that a watched folder itself is removed is told in any case. */
    private static final int WANTED = IN_CREATE | 0x01000000 | 0x02000000;

    private static final int HEADER = 16;
    /** How long it is quiet before that is told for the first and for the second time. */
    private static final long[] QUIET_NANOS = {100_000_000, 900_000_000};

    private final Linux linux;
    private final SystemCall binding;
    private final Scratch.Pool scratches;
    private final SyscallNumbers numbers;
    private final long fd;
    private volatile int first = -1;
    private volatile boolean ended;

    private FolderEvents(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers, long fd) {
        this.linux = linux;
        this.binding = binding;
        this.scratches = scratches;
        this.numbers = numbers;
        this.fd = fd;
    }

    static FolderEvents open(Linux linux, SystemCall binding, Scratch.Pool scratches, SyscallNumbers numbers)
            throws LinuxException {
        long fd = linux.call(numbers.inotifyInit1(), CLOEXEC, 0, 0);
        if (fd < 0) {
            throw linux.failure("inotify_init1", fd);
        }
        return new FolderEvents(linux, binding, scratches, numbers, fd);
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
            if (first < 0) {
                first = (int) watch;
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
        Scratch scratch = binding.newScratch();
        int quiet = QUIET_NANOS.length;
        try {
            while (!ended) {
                if (quiet < QUIET_NANOS.length && !isReadableWithin(QUIET_NANOS[quiet], scratch)) {
                    quiet++;
                    events.quiet();
                    continue;
                }
                long length = binding.call(scratch, numbers.read(), fd, scratch.address(), Scratch.SIZE, 0, 0);
                if (length < 0 && length != -Errno.EINTR.number()) {
                    throw linux.failure("reading inotify", length);
                }
                if (!ended && tell(scratch, (int) length, events) > 0) {
                    quiet = 0;
                }
            }
        } finally {
            linux.close((int) fd);
        }
    }

    /** Ends the reading, which closes the descriptor: that a watch is taken away is an event, too. */
    @Override
    public void close() {
        ended = true;
        if (first < 0 || linux.call(numbers.inotifyRmWatch(), fd, first, 0) < 0) {
            linux.close((int) fd); // nobody reads, or the reader has ended
        }
    }

    private boolean isReadableWithin(long nanos, Scratch scratch) {
        ByteBuffer memory = scratch.memory();
        memory.putLong(0, fd | (1L << 32)).putLong(8, 0).putLong(16, nanos);
        return binding.call(scratch, numbers.ppoll(), scratch.address(), 1, scratch.address() + 8, 0, 0) != 0;
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
