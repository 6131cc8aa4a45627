// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The terminal that this command was started from, if it was. */
final class Terminal {
    /** The descriptor of standard output. */
    static final int OUT = 1;
    /** The descriptor of standard error. */
    static final int ERR = 2;

    private Terminal() {}

    /** Whether a descriptor leads to a terminal; {@code System.console()} speaks of in and out together. */
    static boolean is(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * How much it shows.
     *
     * @param lines how many lines; a very high number where that cannot be told
     * @param columns how many characters of a line; a very high number where that cannot be told
     */
    record Size(int lines, int columns) {
        static final Size UNKNOWN = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);

        /** Reads {@code 24 80}, as stty writes it; it says 0 of what it does not know. */
        static Size parse(String text) {
            int space = text.indexOf(' ');
            if (space < 0) {
                return UNKNOWN;
            }
            try {
                return new Size(orMany(text.substring(0, space)), orMany(text.substring(space + 1)));
            } catch (NumberFormatException e) {
                return UNKNOWN;
            }
        }

        private static int orMany(String number) {
            int value = Integer.parseInt(number);
            return value > 0 ? value : Integer.MAX_VALUE;
        }
    }

    /** How much it shows now. */
    static Size size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return Size.parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            return Size.UNKNOWN;
        }
    }
}
