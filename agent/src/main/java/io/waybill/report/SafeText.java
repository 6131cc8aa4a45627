// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/** Text that a container may have chosen, made harmless for the formats that reports are written in. */
final class SafeText {
    private SafeText() {}

    /**
     * A cell of a table by commas. A spreadsheet takes what begins like a formula for one, so it gets an apostrophe in
     * front; control characters become spaces.
     */
    static String csv(String text) {
        String line = withoutControls(text, ' ');
        String begun = line.stripLeading();
        if (!begun.isEmpty() && "=+-@".indexOf(begun.charAt(0)) >= 0) {
            line = "'" + line;
        }
        return line.matches("[\\p{L}\\p{N} ._:/@+'()-]*") ? line : '"' + line.replace("\"", "\"\"") + '"';
    }

    /** A frame of a collapsed stack, where a semicolon ends a frame and the last space begins the number. */
    static String frame(String text) {
        return withoutControls(text, '?').replace(';', ',').replace(' ', '_');
    }

    /** Text or an attribute in HTML and XML. */
    static String html(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        withoutControls(text, '\ufffd').codePoints().forEach(c -> {
            switch (c) {
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '&' -> result.append("&amp;");
                case '"' -> result.append("&quot;");
                case '\'' -> result.append("&#39;");
                default -> result.appendCodePoint(c);
            }
        });
        return result.toString();
    }

    /** Without what moves the cursor, turns the direction of writing, or is no character at all. */
    private static String withoutControls(String text, char instead) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.UNASSIGNED,
                        Character.PRIVATE_USE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> result.append(instead);
                default -> result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}
