// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.ArrayList;
import java.util.List;

/**
 * The effective capabilities of this process that matter here.
 *
 * <pre>
 * CapEff: 000001ffffffffff
 * </pre>
 *
 * @param bits the set, by the numbers of include/uapi/linux/capability.h
 */
public record Capabilities(long bits) {
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_PTRACE = 19;
    private static final int CAP_SYS_ADMIN = 21;

    /** Those of this JVM; none where its status cannot be read. */
    public static Capabilities ofThisProcess(ProcFs procFs) {
        for (String line : procFs.readSelf("status").linesOrNone()) {
            if (line.startsWith("CapEff:")) {
                return new Capabilities(Long.parseUnsignedLong(
                        line.substring("CapEff:".length()).strip(), 16));
            }
        }
        return new Capabilities(0);
    }

    /** Whether it may trace processes of other users, in its own user namespace and those below. */
    public boolean mayTrace() {
        return has(CAP_SYS_PTRACE);
    }

    @Override
    public String toString() {
        List<String> held = new ArrayList<>();
        add(held, CAP_SYS_PTRACE, "CAP_SYS_PTRACE");
        add(held, CAP_SYS_ADMIN, "CAP_SYS_ADMIN");
        add(held, CAP_NET_ADMIN, "CAP_NET_ADMIN");
        return held.isEmpty() ? "no capability that matters here" : String.join(", ", held);
    }

    private void add(List<String> held, int number, String name) {
        if (has(number)) {
            held.add(name);
        }
    }

    private boolean has(int number) {
        return (bits & (1L << number)) != 0;
    }
}
