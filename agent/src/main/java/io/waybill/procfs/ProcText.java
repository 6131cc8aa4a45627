// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.List;

/** What came of reading a text file of /proc. */
public sealed interface ProcText {
    /**
     * The file's lines, without their ends.
     *
     * @param lines the lines; bytes that are not UTF-8 are replaced
     */
    record Lines(List<String> lines) implements ProcText {
        /** Copies the list. */
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** The process ended, or never was. */
    record Gone() implements ProcText {}

    /**
     * The kernel refused to show it.
     *
     * @param reason the file and what the system said of it
     */
    record Refused(String reason) implements ProcText {}

    /** The lines, or none where there is no answer. */
    default List<String> linesOrNone() {
        return this instanceof Lines text ? text.lines() : List.of();
    }
}
