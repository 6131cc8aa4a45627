// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A block device, by its numbers. */
public record BlockDevice(long major, long minor) {
    /**
     * The one that a folder is on; a partition's is the whole disk, which is what limits are set for. None for an overlay or
     * a file system in memory, whose devices exist in name only.
     */
    public static Optional<BlockDevice> of(Path folder) throws IOException {
        long number = ((Number) Files.getAttribute(folder, "unix:dev")).longValue();
        // st_dev as glibc writes it: twelve bits of the major number above eight of the minor one, the rest further up
        Path sys = Path.of(
                "/sys/dev/block/" + ((number >> 8) & 0xfff) + ":" + ((number & 0xff) | ((number >> 12) & 0xfff00)));
        if (!Files.exists(sys)) {
            return Optional.empty();
        }
        Path disk = Files.exists(sys.resolve("partition")) ? sys.toRealPath().getParent() : sys;
        String[] numbers = Files.readString(disk.resolve("dev")).strip().split(":");
        return Optional.of(new BlockDevice(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
    }
}
