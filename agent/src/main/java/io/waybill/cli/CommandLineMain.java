// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

/** The command line. */
public final class CommandLineMain {
    private CommandLineMain() {}

    /** Runs a command and answers its exit code. */
    public static int run(String[] arguments) {
        System.out.println("waybill " + String.join(" ", arguments));
        return 0;
    }
}
