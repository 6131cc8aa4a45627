// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

/** The C library could not be bound; the agent then works by /proc alone. */
public final class NativeAccessException extends Exception {
    private static final long serialVersionUID = 1L;

    NativeAccessException(Throwable cause) {
        super(firstLine(cause), cause);
    }

    /** JNA's message goes on for lines with every folder it tried. */
    private static String firstLine(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf('\n');
        return cause.getClass().getSimpleName() + ": " + (end < 0 ? message : message.substring(0, end));
    }
}
