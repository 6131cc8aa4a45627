// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/**
 * Lets the kernel drop the process events that nobody asks for: forks, threads that end, and renames, which a process can
 * make without end. A program of the classic BPF at the socket (Documentation/networking/filter.rst), which reads numbers in
 * network order. Where the kernel takes none, all events are read.
 */
final class EventFilter {
    private static final int SOL_SOCKET = 1;
    /** include/uapi/asm-generic/socket.h, for x86-64 and aarch64. */
    private static final int SO_ATTACH_FILTER = 26;

    // include/uapi/linux/bpf_common.h
    private static final int LOAD_WORD = 0x20;
    private static final int KEEP_IN_X = 0x07;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_EQUAL_TO_X = 0x1d;
    private static final int RETURN = 0x06;
    private static final int ALL_OF_IT = -1;

    /** {@code struct sock_fprog}: length 2, and at 8 the address of the instructions. */
    private static final int PROGRAM = 16;

    private EventFilter() {}

    /**
     * Puts it at a socket.
     *
     * @return zero, or minus the errno
     */
    static long attach(SystemCall binding, SyscallNumbers numbers, Scratch scratch, long fd) {
        ByteBuffer memory = scratch.memory();
        Program program = new Program(memory);
        program.add(LOAD_WORD, 0, 0, ProcessConnector.WHAT);
        program.add(JUMP_IF_EQUAL, 6, 0, Integer.reverseBytes(ProcessConnector.EVENT_EXEC));
        program.add(JUMP_IF_EQUAL, 5, 0, Integer.reverseBytes(ProcessConnector.EVENT_NONE));
        program.add(JUMP_IF_EQUAL, 0, 5, Integer.reverseBytes(ProcessConnector.EVENT_EXIT));
        program.add(LOAD_WORD, 0, 0, ProcessConnector.DATA);
        program.add(KEEP_IN_X, 0, 0, 0);
        program.add(LOAD_WORD, 0, 0, ProcessConnector.DATA + 4);
        program.add(JUMP_IF_EQUAL_TO_X, 0, 1, 0);
        program.add(RETURN, 0, 0, ALL_OF_IT);
        program.add(RETURN, 0, 0, 0);
        memory.putLong(0, program.length).putLong(8, scratch.address() + PROGRAM);
        return binding.call(
                scratch, numbers.setsockopt(), fd, SOL_SOCKET, SO_ATTACH_FILTER, scratch.address(), PROGRAM);
    }

    /** {@code struct sock_filter} one after the other: code 2, instructions to skip if true 1 and if false 1, operand 4. */
    private static final class Program {
        private final ByteBuffer memory;
        private int length;

        Program(ByteBuffer memory) {
            this.memory = memory;
        }

        void add(int code, int ifTrue, int ifFalse, int operand) {
            int at = PROGRAM + 8 * length++;
            memory.putShort(at, (short) code).put(at + 2, (byte) ifTrue).put(at + 3, (byte) ifFalse);
            memory.putInt(at + 4, operand);
        }
    }
}
