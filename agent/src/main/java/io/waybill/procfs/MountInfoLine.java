// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import java.util.List;
import java.util.Optional;

/**
 * A line of {@code /proc/PID/mountinfo}: a mount in the mount namespace of a process.
 *
 * <pre>
 * 138 129 254:0 /var/lib/docker/containers/b6c3/hostname /etc/hostname rw,relatime master:2 - ext4 /dev/vda rw,discard
 *         (0)    (1)                                      (2)                                  (3)  (4)      (5)
 * (0) the file system, by its device number; the same in every mount namespace
 * (1) which part of the file system is mounted, from the root of that file system: of a bind mount, its source.
 *     A removed file has "//deleted" at its end.
 * (2) where, as the process sees it
 * (5) of the file system as a whole; a tmpfs of a user names him there, as in uid=1000
 * </pre>
 *
 * Any number of optional fields stands before the dash. In (1) to (5) the kernel writes space, tab, line end, backslash
 * and number sign as a backslash and three octal digits.
 *
 * @param device the number of the file system's device
 * @param root which part of the file system is mounted
 * @param mountPoint where it is mounted
 * @param fileSystem the type of the file system
 * @param source the device, or what the mounter gave for it
 * @param superOptions the options of the file system as a whole, by comma; empty where there are none
 */
public record MountInfoLine(
        String device, String root, String mountPoint, String fileSystem, String source, String superOptions) {
    /**
     * Parses a line.
     *
     * @throws ProcFormatException if it has no dash, or too few fields on either side of it
     */
    public static MountInfoLine parse(String line) {
        return parsed(line).orElseThrow(() -> new ProcFormatException("not a line of /proc/PID/mountinfo", line));
    }

    private static Optional<MountInfoLine> parsed(String line) {
        int dash = line.indexOf(" - ");
        int deviceStart = afterSpaces(line, 0, 2, dash);
        int rootStart = afterSpaces(line, deviceStart, 1, dash);
        int pointStart = afterSpaces(line, rootStart, 1, dash);
        int optionsStart = afterSpaces(line, pointStart, 1, dash);
        if (dash < 0 || optionsStart < 0) {
            return Optional.empty();
        }
        int typeStart = dash + 3;
        int sourceStart = afterSpaces(line, typeStart, 1, line.length());
        int sourceEnd = sourceStart < 0 ? -1 : line.indexOf(' ', sourceStart);
        if (sourceStart < 0) {
            return Optional.empty();
        }
        return Optional.of(new MountInfoLine(
                line.substring(deviceStart, rootStart - 1),
                unescape(line.substring(rootStart, pointStart - 1)),
                unescape(line.substring(pointStart, optionsStart - 1)),
                unescape(line.substring(typeStart, sourceStart - 1)),
                unescape(line.substring(sourceStart, sourceEnd < 0 ? line.length() : sourceEnd)),
                sourceEnd < 0 ? "" : unescape(line.substring(sourceEnd + 1))));
    }

    /** Parses the lines that are of the kernel's form and leaves out the others. */
    public static List<MountInfoLine> parseAll(List<String> lines) {
        return lines.stream().flatMap(line -> parsed(line).stream()).toList();
    }

    /** The path at which this mount has what another one shows of the same file system; none if it has not. */
    public Optional<String> pathOf(MountInfoLine shown) {
        String above = root.equals("/") ? "" : root;
        String point = mountPoint.equals("/") ? "" : mountPoint;
        boolean has = device.equals(shown.device) && (shown.root.equals(root) || shown.root.startsWith(above + "/"));
        return has ? Optional.of(point + shown.root.substring(above.length())) : Optional.empty();
    }

    /** The index after so many spaces, or -1 where they do not come before the end. */
    private static int afterSpaces(String line, int from, int spaces, int end) {
        int index = from;
        for (int i = 0; i < spaces && index >= 0; i++) {
            index = line.indexOf(' ', index) + 1;
            if (index == 0 || index > end) {
                return -1;
            }
        }
        return index;
    }

    private static String unescape(String field) {
        int backslash = field.indexOf('\\');
        if (backslash < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder(field.length());
        int done = 0;
        while (backslash >= 0) {
            int octal = octal(field, backslash + 1);
            text.append(field, done, backslash).append(octal < 0 ? '\\' : (char) octal);
            done = backslash + (octal < 0 ? 1 : 4);
            backslash = field.indexOf('\\', done);
        }
        return text.append(field, done, field.length()).toString();
    }

    /** The value of three octal digits below 0200, or -1. */
    private static int octal(String field, int from) {
        if (from + 3 > field.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 3; i++) {
            int digit = field.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                return -1;
            }
            value = 8 * value + digit;
        }
        return value < 128 ? value : -1;
    }
}
