// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

/** What came of reading a file that a runtime keeps. */
public sealed interface StateText {
    /**
     * The file's text.
     *
     * @param path the file
     * @param text its text; bytes that are not UTF-8 are replaced
     */
    record Text(String path, String text) implements StateText {}

    /**
     * There is no such file, or no such folder on the way to it.
     *
     * @param path the file
     */
    record Absent(String path) implements StateText {}

    /**
     * There is one, but it cannot or must not be read.
     *
     * @param reason the file, and what the system or the rules said of it
     */
    record Unreadable(String reason) implements StateText {}

    /** The text, or an empty one where there is none. */
    default String textOrEmpty() {
        return this instanceof Text text ? text.text() : "";
    }
}
