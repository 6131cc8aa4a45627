// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the small files of cgroupfs: up to a bound, and no link in place of one. */
final class CgroupFile {
    /** io.stat has a line of about 100 characters for each block device; no other file here comes near it. */
    static final int LIMIT = 64 << 10;

    private CgroupFile() {}

    /** The file's lines; none where it is not there or cannot be read, as when its group was just removed (ENODEV). */
    static List<String> lines(@Nullable Path folder, String name) {
        List<String> lines = linesIfThere(folder, name);
        return lines == null ? List.of() : lines;
    }

    /** The same, where an empty file tells something else than none; null for none. */
    static @Nullable List<String> linesIfThere(@Nullable Path folder, String name) {
        if (folder == null) {
            return null;
        }
        byte[] bytes = new byte[1024];
        int length = 0;
        // a stream and no channel, which an interrupted thread cannot read: whoever reads a bean may be one
        try (InputStream in = Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            int read = in.read(bytes);
            while (read > 0 && length + read < LIMIT) {
                length += read;
                bytes = length == bytes.length ? Arrays.copyOf(bytes, 2 * length) : bytes;
                read = in.read(bytes, length, bytes.length - length);
            }
            length += Math.max(0, read);
        } catch (IOException e) {
            return null;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).lines().toList();
    }

    /** The one number of a file; null for the word max, and where there is none. */
    static @Nullable Long number(@Nullable Path folder, String name) {
        List<String> lines = lines(folder, name);
        return lines.isEmpty() ? null : parse(lines.get(0));
    }

    /**
     * The number behind a key.
     *
     * <pre>
     * nr_throttled 20
     *    (1)      (2)
     * (1) the key
     * (2) its number
     * </pre>
     */
    static @Nullable Long keyed(List<String> lines, String key) {
        for (String line : lines) {
            if (line.startsWith(key) && line.startsWith(" ", key.length())) {
                return parse(line.substring(key.length() + 1));
            }
        }
        return null;
    }

    /** A decimal number of the kernel; null where it is none, or beyond a long. */
    static @Nullable Long parse(String text) {
        if (text.isEmpty() || text.length() > 19) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
