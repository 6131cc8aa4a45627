// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/**
 * The kernel's process connector: a netlink socket on which it tells of each exec and each exit on the machine, as they
 * happen (include/uapi/linux/cn_proc.h). Pids are those of the initial pid namespace.
 *
 * <pre>
 * struct nlmsghdr   0 len 4, type 2, flags 2, seq 4, pid 4
 * struct cn_msg    16 idx 4, val 4, seq 4, ack 4, len 2, flags 2
 * struct proc_event 36 what 4, cpu 4, timestamp 8, then by kind:
 *   exec           52 process_pid 4, process_tgid 4
 *   exit           52 process_pid 4, process_tgid 4, exit_code 4, exit_signal 4
 * </pre>
 */
public final class ProcessConnector implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int NETLINK_CONNECTOR = 11;
    private static final int CN_IDX_PROC = 1;
    private static final int CN_VAL_PROC = 1;
    private static final int NLMSG_DONE = 3;
    private static final int PROC_CN_MCAST_LISTEN = 1;

    static final int WHAT = 36;
    static final int DATA = 52;
    /** The kernel sends the whole structure, whatever the kind. */
    private static final int SHORTEST = DATA + 12;

    static final int EVENT_NONE = 0;
    static final int EVENT_EXEC = 2;
    static final int EVENT_EXIT = 0x80000000;

    /** How long the answer takes at most where nothing comes before it. */
    private static final long ACK_MILLIS = 500;

    /** Many times what the socket holds. */
    private static final int MOST_BEFORE_ACK = 10_000;

    private final SystemCall binding;
    private final SyscallNumbers numbers;
    private final Scratch scratch;
    private final long fd;
    private final Reading reading;
    /** Whether events were lost before anybody read. */
    private boolean missed;

    private ProcessConnector(SystemCall binding, SyscallNumbers numbers, Scratch scratch, long fd) {
        this.binding = binding;
        this.numbers = numbers;
        this.scratch = scratch;
        this.fd = fd;
        // the kernel's answer to another subscription wakes the reader
        this.reading = new Reading(() -> subscribe(binding.newScratch()), () -> call(numbers.close(), 0, 0));
    }

    static ProcessConnector open(Linux linux, SystemCall binding, SyscallNumbers numbers) throws LinuxException {
        Scratch scratch = binding.newScratch();
        long fd = binding.call(scratch, numbers.socket(), AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_CONNECTOR, 0, 0);
        if (fd < 0) {
            throw linux.failure("socket of the process connector", fd);
        }
        ProcessConnector connector = new ProcessConnector(binding, numbers, scratch, fd);
        try {
            connector.bind(linux);
            EventFilter.attach(binding, numbers, scratch, fd);
            connector.listen(linux);
            connector.awaitAnswer(linux);
            return connector;
        } catch (LinuxException e) {
            connector.close();
            throw e;
        }
    }

    /** {@code struct sockaddr_nl}: family 2, pad 2, pid 4, groups 4. */
    private void bind(Linux linux) throws LinuxException {
        ByteBuffer memory = scratch.memory();
        memory.putShort(0, (short) AF_NETLINK)
                .putShort(2, (short) 0)
                .putInt(4, 0)
                .putInt(8, CN_IDX_PROC);
        check(linux, "bind to the process connector", call(numbers.bind(), scratch.address(), 12));
    }

    private void listen(Linux linux) throws LinuxException {
        check(linux, "subscribing to the process connector", subscribe(scratch));
    }

    private long subscribe(Scratch message) {
        ByteBuffer memory = message.memory();
        memory.putInt(0, 40)
                .putShort(4, (short) NLMSG_DONE)
                .putShort(6, (short) 0)
                .putInt(8, 0)
                .putInt(12, 0);
        memory.putInt(16, CN_IDX_PROC).putInt(20, CN_VAL_PROC).putInt(24, 0).putInt(28, 0);
        memory.putShort(32, (short) 4).putShort(34, (short) 0).putInt(36, PROC_CN_MCAST_LISTEN);
        return binding.call(message, numbers.write(), fd, message.address(), 40, 0, 0);
    }

    /**
     * The kernel answers a subscription with an event of kind 0 that carries an errno, or ignores it. Where many processes
     * start and end, the answer may be among what the socket did not hold: once that is read, there is room for another.
     */
    private void awaitAnswer(Linux linux) throws LinuxException {
        boolean full = false;
        for (int messages = 0; messages < MOST_BEFORE_ACK; messages++) {
            if (isReadable(full ? 0 : ACK_MILLIS)) {
                long length = call(numbers.read(), scratch.address(), Scratch.SIZE);
                if (length == -Errno.ENOBUFS.number()) {
                    full = true;
                    missed = true;
                } else {
                    check(linux, "reading the process connector", length);
                    if (scratch.memory().getInt(WHAT) == EVENT_NONE) {
                        check(
                                linux,
                                "subscribing to the process connector",
                                -scratch.memory().getInt(DATA));
                        return;
                    }
                }
            } else if (full) {
                full = false;
                listen(linux);
            } else {
                break;
            }
        }
        throw linux.failure("waiting for the process connector's answer", -Errno.ETIMEDOUT.number());
    }

    private boolean isReadable(long millis) {
        ByteBuffer memory = scratch.memory();
        memory.putInt(0, (int) fd).putShort(4, (short) 1).putShort(6, (short) 0);
        memory.putLong(8, 0).putLong(16, millis * 1_000_000);
        return binding.call(scratch, numbers.ppoll(), scratch.address(), 1, scratch.address() + 8, 0, 0) > 0;
    }

    /**
     * Reads until {@link #close}, telling of each event; for a thread of its own.
     *
     * @throws LinuxException if the socket breaks
     */
    public void read(Events events) throws LinuxException {
        if (!reading.begin()) {
            return;
        }
        try {
            if (missed) {
                events.lost();
            }
            while (!reading.isEnded()) {
                long length = call(numbers.read(), scratch.address(), Scratch.SIZE);
                if (reading.isEnded()) {
                    return;
                }
                if (length == -Errno.ENOBUFS.number()) {
                    events.lost();
                } else if (length < 0 && length != -Errno.EINTR.number()) {
                    throw new LinuxException("reading the process connector", new Errno((int) -length));
                } else {
                    tell(scratch.memory(), length, events);
                }
            }
        } finally {
            reading.close();
        }
    }

    /** Tells of the one event that a message carries, if it is one of the two kinds. */
    static void tell(ByteBuffer memory, long length, Events events) {
        if (length < SHORTEST) {
            return;
        }
        int process = memory.getInt(DATA + 4);
        switch (memory.getInt(WHAT)) {
            case EVENT_EXEC -> events.executed(process);
            case EVENT_EXIT -> {
                if (memory.getInt(DATA) == process) {
                    events.exited(process, memory.getInt(DATA + 8));
                }
            }
            default -> {}
        }
    }

    /** Ends the reading, and closes the socket once nobody reads. */
    @Override
    public void close() {
        reading.end();
    }

    private long call(long number, long address, long length) {
        return binding.call(scratch, number, fd, address, length, 0, 0);
    }

    private static void check(Linux linux, String call, long result) throws LinuxException {
        if (result < 0) {
            throw linux.failure(call, result);
        }
    }

    /** Is told what happens, in the reading thread. */
    public interface Events {
        /**
         * A process executed a program.
         *
         * @param pid its process id in the initial pid namespace
         */
        void executed(long pid);

        /**
         * A process's leader thread ended.
         *
         * @param pid its process id in the initial pid namespace
         * @param status as {@code wait} gives it
         */
        void exited(long pid, int status);

        /** Events were lost, since the reader was too slow. */
        void lost();
    }
}
