// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A seccomp filter as bubblewrap reads it: an array of {@code struct sock_filter} (include/uapi/linux/filter.h) over
 * {@code struct seccomp_data} (include/uapi/linux/seccomp.h).
 */
public final class SeccompFilter {
    private static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K
    private static final int ALLOW = 0x7fff0000;
    private static final int ERRNO_EPERM = 0x00050001;
    private static final int ERRNO_ENOPROTOOPT = 0x0005005c;
    private static final int NUMBER = 0;
    private static final int SECOND_ARGUMENT = 24;
    private static final int THIRD_ARGUMENT = 32;

    private final List<long[]> instructions = new ArrayList<>();

    private SeccompFilter() {}

    /** Forbids a system call by number. */
    public static SeccompFilter forbidding(int number) {
        SeccompFilter filter = new SeccompFilter();
        filter.add(LOAD_WORD, 0, 0, NUMBER);
        filter.add(JUMP_IF_EQUAL, 0, 1, number);
        filter.add(RETURN, 0, 0, ERRNO_EPERM);
        filter.add(RETURN, 0, 0, ALLOW);
        return filter;
    }

    /** Forbids ioctls of two types: the second byte of the request. */
    public static SeccompFilter forbiddingIoctls(int ioctl, int oneType, int otherType) {
        SeccompFilter filter = new SeccompFilter();
        filter.add(LOAD_WORD, 0, 0, NUMBER);
        filter.add(JUMP_IF_EQUAL, 0, 4, ioctl);
        filter.add(LOAD_WORD, 0, 0, SECOND_ARGUMENT);
        filter.add(AND, 0, 0, 0xff00);
        filter.add(JUMP_IF_EQUAL, 2, 0, oneType << 8);
        filter.add(JUMP_IF_EQUAL, 1, 0, otherType << 8);
        filter.add(RETURN, 0, 0, ALLOW);
        filter.add(RETURN, 0, 0, ERRNO_EPERM);
        return filter;
    }

    /** Lets {@code getsockopt} say of an option that it is none, as a kernel does that is older than the option. */
    public static SeccompFilter withoutSocketOption(int option) {
        int getsockopt = System.getProperty("os.arch").equals("aarch64") ? 209 : 55;
        SeccompFilter filter = new SeccompFilter();
        filter.add(LOAD_WORD, 0, 0, NUMBER);
        filter.add(JUMP_IF_EQUAL, 0, 3, getsockopt);
        filter.add(LOAD_WORD, 0, 0, THIRD_ARGUMENT);
        filter.add(JUMP_IF_EQUAL, 0, 1, option);
        filter.add(RETURN, 0, 0, ERRNO_ENOPROTOOPT);
        filter.add(RETURN, 0, 0, ALLOW);
        return filter;
    }

    /**
     * A JVM under this filter.
     *
     * @param folder where its file may lie
     */
    public ChildJvm on(ChildJvm jvm, Path folder) throws IOException {
        Needs.program("bwrap");
        Path file = folder.resolve("filter.bpf");
        writeTo(file);
        return jvm.startedBy("sh", "-c", "exec bwrap --dev-bind / / --seccomp 3 \"$@\" 3<" + file, "sh");
    }

    private void writeTo(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * instructions.size()).order(ByteOrder.nativeOrder());
        for (long[] instruction : instructions) {
            bytes.putShort((short) instruction[0]).put((byte) instruction[1]).put((byte) instruction[2]);
            bytes.putInt((int) instruction[3]);
        }
        Files.write(file, bytes.array());
    }

    private void add(int code, int ifTrue, int ifFalse, int value) {
        instructions.add(new long[] {code, ifTrue, ifFalse, value});
    }
}
