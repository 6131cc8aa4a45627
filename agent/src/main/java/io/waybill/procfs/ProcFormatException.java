// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

/** A line of /proc that is not of the form the kernel writes. */
public final class ProcFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED = 200;

    /**
     * Quotes the line.
     *
     * @param what what the line should have been
     * @param line the line, of which the beginning is quoted
     */
    public ProcFormatException(String what, String line) {
        super(what + ": \"" + (line.length() > QUOTED ? line.substring(0, QUOTED) + "…" : line) + "\"");
    }
}
