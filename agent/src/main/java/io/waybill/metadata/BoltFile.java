// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of bbolt, the store of keys and values in which containerd keeps its containers. Its owner holds a lock on it while
 * it runs, for which this does not ask: what it read is one state of the file, or else refused.
 *
 * <pre>
 * 0300000000000000 0200 0100 00000000     the head of a page, 16 bytes
 * (1)              (2)  (3)  (4)
 * 01000000 10000000 02000000 a4000000     its elements, 16 bytes each
 * (5)      (6)      (7)      (8)
 * (1) the page's number
 * (2) 1 a branch, 2 a leaf
 * (3) how many elements
 * (4) how many pages more belong to it
 * (5) 1 if the value is a bucket: the number of its first page, or 0 and the page itself 16 bytes further
 * (6) where the key is, from the beginning of the element; the value is behind it
 * (7) the key's length
 * (8) the value's length; in a branch, whose elements begin with (6), bytes 8 to 16 are the number of the page below
 * </pre>
 *
 * <p>A change goes to pages that are free, and one of the two first pages, in turn, then makes it valid. The change after
 * that is the first to reuse what this one freed: so a state is whole if no change was made valid while it was read.
 */
final class BoltFile {
    static final int HEAD = 16;
    static final int ELEMENT = 16;
    static final int BRANCH = 1;
    static final int LEAF = 2;
    static final int BUCKET = 1;

    /** A bound on what one look costs, far above what containerd's keys and values take. */
    private static final int LARGEST_PAGE = 1 << 20;

    private static final int DEEPEST = 16;
    private static final int LONGEST_VALUE = 4096;
    private static final int TRIES = 3;

    private final SeekableByteChannel file;
    private final BoltMeta meta;

    private BoltFile(SeekableByteChannel file, BoltMeta meta) {
        this.file = file;
        this.meta = meta;
    }

    /**
     * Looks a text up.
     *
     * @param path the buckets, each in the one before, and the key
     * @return the text; empty if there is none
     * @throws IOException if it cannot be read, is no such file, or changes all the time
     */
    static Optional<String> text(SeekableByteChannel file, List<String> path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            BoltMeta before = BoltMeta.read(file);
            IOException malformed = null;
            Optional<String> text = Optional.empty();
            try {
                text = new BoltFile(file, before).find(path);
            } catch (MalformedException e) {
                malformed = e; // or changed meanwhile
            }
            if (BoltMeta.read(file).equals(before)) {
                if (malformed != null) {
                    throw malformed;
                }
                return text;
            }
        }
        throw new IOException("it changed during each look");
    }

    private Optional<String> find(List<String> path) throws IOException {
        ByteBuffer page = page(meta.root());
        for (String bucket : path.subList(0, path.size() - 1)) {
            Value value = search(page, bucket);
            if (value == null || !value.isBucket()) {
                return Optional.empty();
            }
            long below = slice(value.bytes(), 0, HEAD).getLong(0);
            page = below == 0 ? slice(value.bytes(), HEAD, value.bytes().limit() - HEAD) : page(below);
        }
        Value value = search(page, path.get(path.size() - 1));
        if (value == null || value.isBucket() || value.bytes().limit() > LONGEST_VALUE) {
            return Optional.empty();
        }
        return Optional.of(StandardCharsets.UTF_8.decode(value.bytes()).toString());
    }

    /** A value in a leaf. */
    private record Value(boolean isBucket, ByteBuffer bytes) {}

    private @Nullable Value search(ByteBuffer top, String text) throws IOException {
        ByteBuffer key = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer page = top;
        for (int depth = 0; depth < DEEPEST; depth++) {
            int kind = slice(page, 0, HEAD).getShort(8);
            if (kind == LEAF) {
                return inLeaf(page, key);
            }
            if (kind != BRANCH) {
                throw new MalformedException("page of kind " + kind + " in a tree");
            }
            page = page(below(page, key));
        }
        throw new MalformedException("deeper than " + DEEPEST + " pages");
    }

    private static @Nullable Value inLeaf(ByteBuffer page, ByteBuffer key) throws MalformedException {
        for (int i = 0; i < count(page); i++) {
            int element = HEAD + i * ELEMENT;
            ByteBuffer fields = slice(page, element, ELEMENT);
            int start = element + length(fields.getInt(4));
            int keySize = length(fields.getInt(8));
            if (slice(page, start, keySize).equals(key)) {
                boolean isBucket = (fields.getInt(0) & BUCKET) != 0;
                return new Value(isBucket, slice(page, start + keySize, fields.getInt(12)));
            }
        }
        return null;
    }

    /** The page below whose keys begin with the last that is not greater; the first where all are. */
    private static long below(ByteBuffer page, ByteBuffer key) throws MalformedException {
        long found = slice(page, HEAD, ELEMENT).getLong(8);
        for (int i = 0; i < count(page); i++) {
            int element = HEAD + i * ELEMENT;
            ByteBuffer fields = slice(page, element, ELEMENT);
            ByteBuffer first = slice(page, element + length(fields.getInt(0)), fields.getInt(4));
            if (compare(first, key) > 0) {
                return found;
            }
            found = fields.getLong(8);
        }
        return found;
    }

    private static int compare(ByteBuffer one, ByteBuffer other) {
        int same = one.mismatch(other);
        if (same < 0) {
            return 0;
        }
        return same < one.limit() && same < other.limit()
                ? Byte.compareUnsigned(one.get(same), other.get(same))
                : Integer.compare(one.limit(), other.limit());
    }

    private static int count(ByteBuffer page) throws MalformedException {
        return Short.toUnsignedInt(slice(page, 0, HEAD).getShort(10));
    }

    private ByteBuffer page(long number) throws IOException {
        if (number < 2 || number >= meta.end()) {
            throw new MalformedException("page " + number + " of " + meta.end());
        }
        long start = number * meta.pageSize();
        ByteBuffer head = read(file, start, HEAD);
        long length = (Integer.toUnsignedLong(head.getInt(12)) + 1) * meta.pageSize();
        if (head.getLong(0) != number || length > LARGEST_PAGE) {
            throw new MalformedException("page " + head.getLong(0) + " of " + length + " bytes at " + number);
        }
        return read(file, start, (int) length);
    }

    /** Reads so many bytes. */
    static ByteBuffer read(SeekableByteChannel file, long start, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.position(start);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new EOFException("it ends before byte " + (start + size));
            }
        }
        return bytes.flip();
    }

    private static int length(int number) throws MalformedException {
        if (number < 0 || number > LARGEST_PAGE) {
            throw new MalformedException("a length of " + Integer.toUnsignedString(number));
        }
        return number;
    }

    private static ByteBuffer slice(ByteBuffer bytes, int start, int size) throws MalformedException {
        if (start < 0 || size < 0 || size > bytes.limit() - start) {
            throw new MalformedException("bytes " + start + " to " + (start + (long) size) + " of " + bytes.limit());
        }
        return bytes.slice(start, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** It is not as bbolt writes it. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedException(String what) {
            super(what);
        }
    }
}
