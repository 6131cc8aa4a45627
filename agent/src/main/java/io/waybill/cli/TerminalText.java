// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

/** Makes text that a container chose safe to print: what a terminal would obey, or not show, becomes a visible escape. */
final class TerminalText {
    private TerminalText() {}

    /**
     * The text on one line.
     *
     * @param text any text
     * @param width how many characters at most; what is longer ends in an ellipsis
     */
    static String of(String text, int width) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() <= width; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            append(line, c);
        }
        if (line.length() > width) {
            line.setLength(Math.max(0, width - 1));
            line.append('…');
        }
        return line.toString();
    }

    /**
     * A JSON text that a terminal may print: what it would obey stands in strings only, where an escape means the same.
     *
     * @param json as Gson writes it, which escapes below U+0020 by itself
     */
    static String json(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean obeyed = (c >= 0x7f && c < 0xa0) || Character.getType(c) == Character.FORMAT;
            text.append(obeyed ? "\\u%04x".formatted((int) c) : Character.toString(c));
        }
        return text.toString();
    }

    private static void append(StringBuilder line, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                line.append(c < 0x100 ? "\\x%02x".formatted(c) : "\\u{%x}".formatted(c));
            default -> {
                if (c == '\\') {
                    line.append("\\\\");
                } else {
                    line.appendCodePoint(c);
                }
            }
        }
    }
}
