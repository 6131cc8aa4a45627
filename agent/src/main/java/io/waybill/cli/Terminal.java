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

    /** How many lines it shows now; a very high number where that cannot be told. */
    static int lines() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int lines = Integer.parseInt(size.substring(0, Math.max(0, size.indexOf(' '))));
            return lines > 0 ? lines : Integer.MAX_VALUE;
        } catch (IOException | NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
