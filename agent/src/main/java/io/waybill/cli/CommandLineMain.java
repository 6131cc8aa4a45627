// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.Function;
import picocli.CommandLine;

/** The command line. */
public final class CommandLineMain {
    /** The machine or the JVM cannot do what was asked. */
    static final int CANNOT = 3;

    /** The command line is wrong. */
    private static final int MISTAKEN = 2;

    private CommandLineMain() {}

    /** Runs a command and answers its exit code. */
    public static int run(String[] arguments) {
        CheckedOutput bytes = new CheckedOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = CANNOT;
        try {
            exitCode = run(out, err, arguments);
        } catch (OutOfMemoryError e) {
            err.println("waybill: a heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB is too small for this; give more with java -Xmx1g -jar waybill-agent.jar ...");
        }
        out.flush();
        IOException failure = bytes.failure();
        if (failure == null) {
            return exitCode;
        }
        if (!bytes.hasNoReader()) {
            err.println("waybill: standard output cannot be written: " + failure.getMessage());
        }
        return CANNOT;
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new WaybillCommand())
                .setOut(out)
                .setErr(err)
                .registerConverter(Long.class, text -> whole(text, Long::valueOf))
                .registerConverter(long.class, text -> whole(text, Long::valueOf))
                .registerConverter(Integer.class, text -> whole(text, Integer::valueOf))
                .registerConverter(int.class, text -> whole(text, Integer::valueOf))
                .setParameterExceptionHandler(CommandLineMain::tellMistake)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println("waybill: " + TerminalText.of(text(failure), 500));
                    return CANNOT;
                })
                .execute(arguments);
    }

    /** One line says what is wrong, and one where to read on; help as a whole would move both out of sight. */
    private static int tellMistake(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("waybill: " + TerminalText.of(text(mistake), 500));
        if (arguments.length == 0) {
            command.usage(err);
            return MISTAKEN;
        }
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        String name = command.getParent() == null ? "" : command.getCommandName() + " ";
        err.println("Help: java -jar waybill-agent.jar " + name + "--help");
        return MISTAKEN;
    }

    private static <N> N whole(String text, Function<String, N> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is not a whole number within bounds");
        }
    }

    /** What the JDK says of some files is their name alone. */
    private static String text(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return String.valueOf(failure.getMessage());
    }
}
