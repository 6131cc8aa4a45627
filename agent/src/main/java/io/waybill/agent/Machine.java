// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

/** What this JVM runs on. */
final class Machine {
    private Machine() {}

    /** Whether the agent knows the system calls of this machine. */
    static boolean isSupported() {
        String architecture = System.getProperty("os.arch");
        return "Linux".equals(System.getProperty("os.name"))
                && ("amd64".equals(architecture) || "x86_64".equals(architecture) || "aarch64".equals(architecture));
    }

    static String name() {
        return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }
}
