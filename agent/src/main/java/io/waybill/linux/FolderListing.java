// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;

/**
 * Directory entries as the kernel lists them, in bulk.
 *
 * <p>{@code struct linux_dirent64} (include/linux/dirent.h) is d_ino, d_off, 64 bits each, d_reclen, 16, d_type, 8, and
 * the name.
 */
final class FolderListing {
    private static final int RECORD_LENGTH = 16;
    private static final int NAME = 19;

    private FolderListing() {}

    /** Tells of the entries whose names are numbers. */
    static void visit(ByteBuffer memory, int length, Linux.NumberedEntries entries) {
        for (int at = 0; at < length; at += memory.getShort(at + RECORD_LENGTH)) {
            long number = 0;
            int c = memory.get(at + NAME);
            for (int i = at + NAME; c >= '0' && c <= '9'; c = memory.get(++i)) {
                number = 10 * number + (c - '0');
            }
            if (c == 0 && number > 0) {
                entries.entry(number, memory.getLong(at));
            }
        }
    }
}
