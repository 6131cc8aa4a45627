// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

/** The longest texts that an answer carries; whoever starts a container chooses most of them. */
final class Bounds {
    private static final int NAME = 256;
    private static final int PATH = 512;

    private Bounds() {}

    static String name(String text) {
        return cut(text, NAME);
    }

    static String path(String text) {
        return cut(text, PATH);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
