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
    /** An entry with a name of one character and the zero behind it. */
    static final int SHORTEST = NAME + 2;
    /** Longer than any pid, and short enough for a long. */
    private static final int MOST_DIGITS = 18;

    private FolderListing() {}

    /** Reads a folder to its end; 0, or minus the errno. */
    static long read(
            SystemCall binding, SyscallNumbers numbers, Scratch scratch, long fd, Linux.NumberedEntries entries) {
        long read = binding.call(scratch, numbers.getdents64(), fd, scratch.address(), Scratch.SIZE, 0, 0);
        while (read > 0) {
            visit(scratch.memory(), (int) read, entries);
            read = binding.call(scratch, numbers.getdents64(), fd, scratch.address(), Scratch.SIZE, 0, 0);
        }
        return read;
    }

    /**
     * Tells of the entries whose names are numbers.
     *
     * @throws IllegalStateException if this is no such list; what it had is then not known
     */
    static void visit(ByteBuffer memory, int length, Linux.NumberedEntries entries) {
        int end;
        for (int at = 0; at < length; at = end) {
            end = length - at < SHORTEST ? at : at + (memory.getShort(at + RECORD_LENGTH) & 0xffff);
            if (end - at < SHORTEST || end > length) {
                throw new IllegalStateException(
                        "directory entry of " + (end - at) + " bytes at " + at + " of " + length);
            }
            long number = 0;
            int i = at + NAME;
            int c = memory.get(i);
            for (int most = Math.min(end - 1, i + MOST_DIGITS); i < most && c >= '0' && c <= '9'; c = memory.get(++i)) {
                number = 10 * number + (c - '0');
            }
            if (c == 0 && number > 0) {
                entries.entry(number, memory.getLong(at));
            }
        }
    }
}
