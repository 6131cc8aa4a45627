// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

/** Names of systemd units, in which a dash that belongs to a name is written {@code \x2d}. */
final class UnitName {
    private UnitName() {}

    /** Replaces {@code \x} and two hexadecimal digits by the ASCII character; what is of no such form stays. */
    static String unescape(String name) {
        int escape = name.indexOf("\\x");
        if (escape < 0) {
            return name;
        }
        StringBuilder text = new StringBuilder(name.length());
        int done = 0;
        while (escape >= 0) {
            int value = hex(name, escape + 2);
            text.append(name, done, escape).append(value < 0 ? "\\x" : Character.toString(value));
            done = escape + (value < 0 ? 2 : 4);
            escape = name.indexOf("\\x", done);
        }
        return text.append(name, done, name.length()).toString();
    }

    /** Whether a segment of a cgroup path is a unit that systemd runs processes in. */
    static boolean isUnit(String segment) {
        return segment.endsWith(".service")
                || segment.endsWith(".scope")
                || segment.endsWith(".mount")
                || segment.endsWith(".socket")
                || segment.endsWith(".swap");
    }

    /** Whether a segment of a cgroup path is a systemd slice, which holds units and no processes of its own. */
    static boolean isSlice(String segment) {
        return segment.endsWith(".slice");
    }

    private static int hex(String name, int from) {
        if (from + 2 > name.length()) {
            return -1;
        }
        int high = Character.digit(name.charAt(from), 16);
        int low = Character.digit(name.charAt(from + 1), 16);
        int value = 16 * high + low;
        return high < 0 || low < 0 || value < ' ' || value > '~' ? -1 : value;
    }
}
