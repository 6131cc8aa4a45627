// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * What the last change to a {@link BoltFile} made valid, by the newer of its first two pages.
 *
 * <pre>
 * edda0ced 02000000 00100000 00000000 0300000000000000 0000000000000000   behind the head of the page
 *          (1)      (2)               (3)
 * 0200000000000000 0400000000000000 0700000000000000 0d1c6f8e5b2a9d43
 *                  (4)              (5)              (6)
 * (1) the version of the format
 * (2) the size of a page
 * (3) the page that the tree begins with
 * (4) the number of pages
 * (5) the number of the change
 * (6) FNV-1a of what is before it
 * </pre>
 *
 * @param pageSize the size of a page
 * @param root the page that the tree begins with
 * @param end the number of pages
 * @param change the number of the change
 */
record BoltMeta(int pageSize, long root, long end, long change) {
    static final int SIZE = 64;

    private static final int MAGIC = 0xED0CDAED;
    private static final int VERSION = 2;
    private static final int SMALLEST = 1024;
    private static final int LARGEST = 65_536;

    /** The newer one; while one of them is written, the other is whole. */
    static BoltMeta read(SeekableByteChannel file) throws IOException {
        BoltMeta first = at(file, 0);
        if (first != null) {
            BoltMeta second = at(file, first.pageSize);
            return second != null && second.change > first.change ? second : first;
        }
        for (int size = SMALLEST; size <= LARGEST; size *= 2) {
            BoltMeta second = at(file, size);
            if (second != null && second.pageSize == size) {
                return second;
            }
        }
        throw new BoltFile.MalformedException("not a file of bbolt");
    }

    private static @Nullable BoltMeta at(SeekableByteChannel file, long page) throws IOException {
        ByteBuffer bytes;
        try {
            bytes = BoltFile.read(file, page + BoltFile.HEAD, SIZE);
        } catch (EOFException e) {
            return null;
        }
        int pageSize = bytes.getInt(8);
        boolean valid = bytes.getInt(0) == MAGIC
                && bytes.getInt(4) == VERSION
                && Integer.bitCount(pageSize) == 1
                && pageSize >= SMALLEST
                && pageSize <= LARGEST
                && bytes.getLong(SIZE - Long.BYTES) == checksum(bytes);
        return valid ? new BoltMeta(pageSize, bytes.getLong(16), bytes.getLong(40), bytes.getLong(48)) : null;
    }

    /** As the file has it. */
    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC)
                .putInt(VERSION)
                .putInt(pageSize)
                .putInt(0)
                .putLong(root)
                .putLong(0);
        bytes.putLong(2).putLong(end).putLong(change);
        return bytes.putLong(checksum(bytes)).flip();
    }

    private static long checksum(ByteBuffer bytes) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < SIZE - Long.BYTES; i++) {
            hash = (hash ^ Byte.toUnsignedLong(bytes.get(i))) * 0x100000001b3L;
        }
        return hash;
    }
}
