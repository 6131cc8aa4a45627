// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line. */
public final class CommandLineMain {
    /** The machine or the JVM cannot do what was asked. */
    static final int CANNOT = 3;

    private CommandLineMain() {}

    /** Runs a command and answers its exit code. */
    public static int run(String[] arguments) {
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new WaybillCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println("waybill: " + TerminalText.of(String.valueOf(failure.getMessage()), 500));
                    return CANNOT;
                })
                .execute(arguments);
    }
}
