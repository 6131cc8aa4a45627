// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import io.waybill.cgroupfs.Usage.Disk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up what the lines of all block devices say. */
final class DiskLines {
    private DiskLines() {}

    /**
     * Of the file io.stat of version 2.
     *
     * <pre>
     * 254:0 rbytes=1970176 wbytes=4096 rios=41 wios=1 dbytes=0 dios=0
     *  (1)        (2)           (3)
     * (1) major and minor number of the device
     * (2) bytes read
     * (3) bytes written
     * </pre>
     *
     * @param lines none for a group that has used no device; null where the controller is not enabled, and the file not there
     */
    static @Nullable Disk unified(@Nullable List<String> lines) {
        if (lines == null) {
            return null;
        }
        long read = 0;
        long written = 0;
        for (String line : lines) {
            for (String word : line.split(" ", -1)) {
                read += behind(word, "rbytes=");
                written += behind(word, "wbytes=");
            }
        }
        return new Disk(read, written);
    }

    /**
     * Of the file blkio.throttle.io_service_bytes_recursive of version 1.
     *
     * <pre>
     * 254:0 Read 1970176
     *  (1)  (2)    (3)
     * (1) major and minor number of the device; the last line has Total in its place
     * (2) the direction
     * (3) bytes
     * </pre>
     *
     * @return null where it has no device, as where the kernel does not count (from Linux 6.10 until a limit is set)
     */
    static @Nullable Disk throttle(List<String> lines) {
        boolean counts = false;
        long read = 0;
        long written = 0;
        for (String line : lines) {
            int space = line.indexOf(' ');
            String rest = space < 0 ? "" : line.substring(space + 1);
            counts |= rest.startsWith("Read ");
            read += behind(rest, "Read ");
            written += behind(rest, "Write ");
        }
        return counts ? new Disk(read, written) : null;
    }

    private static long behind(String text, String key) {
        Long number = text.startsWith(key) ? CgroupFile.parse(text.substring(key.length())) : null;
        return number == null ? 0 : number;
    }
}
