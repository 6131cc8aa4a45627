// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shows the same view again and again, until the command is ended: in place on a terminal, whose screen is then as it was
 * before; elsewhere one below the other, with an empty line between.
 */
final class LiveView {
    /** Without a cursor, and no line goes on in the next one (DECAWM). */
    private static final String OTHER_SCREEN = "\033[?1049h\033[?25l\033[?7l";

    private static final String FORMER_SCREEN = "\033[?7h\033[?25h\033[?1049l";
    private static final String TOP_LEFT = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    private final PrintWriter out;
    private final boolean terminal;
    private boolean ended;

    LiveView(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Shows it until the JVM is told to end, or nobody reads it any more. */
    void show(int seconds, View view) throws IOException, InterruptedException {
        if (terminal) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            print(OTHER_SCREEN);
        }
        while (!out.checkError()) {
            StringWriter text = new StringWriter();
            view.printTo(new PrintWriter(text));
            print(terminal ? inPlace(text.toString().lines().toList(), Terminal.size()) : text + "\n");
            TimeUnit.SECONDS.sleep(seconds);
        }
    }

    /** Gives the former screen back, on which nothing that is still being made is shown any more. */
    synchronized void end() {
        print(FORMER_SCREEN);
        ended = true;
    }

    /**
     * Lines that do not fit are counted in the last one, and what does not fit into a line is cut off: a line too many would
     * move the others up. The last column stays empty, since clearing the rest of the line would clear what is in it.
     */
    static String inPlace(List<String> lines, Terminal.Size size) {
        StringBuilder screen = new StringBuilder(TOP_LEFT);
        int shown = lines.size() <= size.lines() ? lines.size() : size.lines() - 1;
        for (int i = 0; i < shown; i++) {
            screen.append(i == 0 ? "" : "\r\n")
                    .append(cut(lines.get(i), Math.max(1, size.columns() - 1)))
                    .append(CLEAR_LINE);
        }
        if (shown < lines.size()) {
            screen.append(shown == 0 ? "" : "\r\n")
                    .append("… and ")
                    .append(lines.size() - shown)
                    .append(" more")
                    .append(CLEAR_LINE);
        }
        return screen.append(CLEAR_BELOW).toString();
    }

    /** The cells of a table are safe for a terminal already, and escapes of theirs are text like any other. */
    private static String cut(String line, int columns) {
        if (line.codePointCount(0, line.length()) <= columns) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
    }

    private synchronized void print(String text) {
        if (!ended) {
            out.print(text);
            out.flush();
        }
    }

    /** What is shown. */
    interface View {
        /** Writes it as it is now. */
        void printTo(PrintWriter out) throws IOException;
    }
}
