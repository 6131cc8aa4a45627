// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import org.jspecify.annotations.Nullable;

/** Small texts that runtimes write: numbers, {@code KEY=value} lines, cgroup paths. */
final class Keys {
    private Keys() {}

    /** A number that is not negative; 0 if it is none. */
    static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : 0;
    }

    /** Whether it is an id that a manager made up, and not a name that somebody chose. */
    static boolean isId(String id) {
        return id.length() == 64 && id.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /** The value of the first line {@code key=value}, without quotes around it; null if there is none. */
    static @Nullable String value(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key)
                        && line.substring(key.length()).stripLeading().startsWith("="))
                .map(line -> line.substring(line.indexOf('=', key.length()) + 1).strip())
                .map(Keys::unquoted)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /**
     * The last segment of the path that an OCI bundle asks for.
     *
     * <pre>
     * /kubepods/burstable/pod1111/84425c460c0b     as it is
     * system.slice:nerdctl:84425c460c0b            slice, prefix and name: nerdctl-84425c460c0b.scope
     * </pre>
     */
    static String cgroupName(@Nullable String path) {
        if (path == null) {
            return "";
        }
        String[] triple = path.split(":", 4);
        return triple.length == 3 && !path.startsWith("/")
                ? (triple[1].isEmpty() ? "" : triple[1] + "-") + triple[2] + ".scope"
                : path.substring(path.lastIndexOf('/') + 1);
    }
}
