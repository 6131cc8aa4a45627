// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

/** A declaration that is not as it should be; the message quotes it and names the position. */
public final class ScopeSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 200;

    private final int position;

    ScopeSyntaxException(String text, int position, String problem) {
        super(shown("\"" + bounded(text) + "\", at " + position + ": " + problem));
        this.position = position;
    }

    /** Where it is wrong; 0 is before the first character. */
    public int position() {
        return position;
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** Without what a terminal would obey. */
    private static String shown(String message) {
        return message.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
