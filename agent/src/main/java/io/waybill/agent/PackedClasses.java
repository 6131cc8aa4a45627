// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.jar.JarFile;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The files of a zip that lies in a jar as one entry, not compressed again, so that each is read where it lies.
 *
 * <p>The JVM goes through the names of all entries of an agent's jar before main begins. Of the four thousand classes in
 * here it sees one.
 *
 * <p>The zip is as the build writes it: below 4 GiB, with no comment. Numbers are little-endian (APPNOTE.TXT 6.3.10 of
 * the zip format, 4.3.7, 4.3.12 and 4.3.16).
 */
final class PackedClasses {
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int STORED = 0;
    /** A byte of a deflated file is so many of the file at most (zlib's technical details). */
    private static final int MOST_INFLATED = 1032;

    private final JarFile jar;
    private final ZipEntry zip;
    /** The central directory: what lies where. */
    private final byte[] bytes;

    private final ByteBuffer directory;
    /** Where in the directory a file is, plus 1, at its name's hash or in the next free place. */
    private final int[] places;

    private PackedClasses(JarFile jar, ZipEntry zip) throws IOException {
        this.jar = jar;
        this.zip = zip;
        ByteBuffer end = numbers(read(zip.getSize() - END_LENGTH, END_LENGTH));
        check(end.getInt(0) == END);
        int count = end.getShort(10) & 0xffff;
        this.bytes = read(end.getInt(16), end.getInt(12));
        this.directory = numbers(bytes);
        this.places = new int[Integer.highestOneBit(count + 1) * 4];
        int position = 0;
        for (int i = 0; i < count; i++) {
            check(position + CENTRAL_LENGTH <= bytes.length && directory.getInt(position) == CENTRAL);
            int nameLength = nameLength(position);
            check(position + CENTRAL_LENGTH + nameLength <= bytes.length);
            int place = hash(position + CENTRAL_LENGTH, nameLength);
            while (places[place] != 0) {
                place = next(place);
            }
            places[place] = position + 1;
            position += CENTRAL_LENGTH
                    + nameLength
                    + (directory.getShort(position + 30) & 0xffff)
                    + (directory.getShort(position + 32) & 0xffff);
        }
    }

    /**
     * Reads the zip's directory.
     *
     * @throws IOException if there is no such entry, or it is damaged
     */
    static PackedClasses of(JarFile jar, String entry) throws IOException {
        ZipEntry zip = jar.getEntry(entry);
        if (zip == null) {
            throw new IOException(jar.getName() + " has no " + entry);
        }
        return new PackedClasses(jar, zip);
    }

    /** Whether there is a file of this name. */
    boolean has(String name) {
        return find(name) >= 0;
    }

    /**
     * Reads a file; null if there is none of this name.
     *
     * @throws IOException if it is damaged
     */
    byte @Nullable [] read(String name) throws IOException {
        int position = find(name);
        if (position < 0) {
            return null;
        }
        int offset = directory.getInt(position + 42);
        ByteBuffer local = numbers(read(offset, LOCAL_LENGTH));
        check(local.getInt(0) == LOCAL);
        int skipped = LOCAL_LENGTH + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
        byte[] packed = read(offset + skipped, directory.getInt(position + 20));
        return directory.getShort(position + 10) == STORED ? packed : inflated(packed, directory.getInt(position + 24));
    }

    private byte[] inflated(byte[] packed, int length) throws IOException {
        check(length >= 0 && length <= (long) MOST_INFLATED * packed.length);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] file = new byte[length];
            int read = 0;
            while (read < length) {
                int more = inflater.inflate(file, read, length - read);
                check(more > 0);
                read += more;
            }
            return file;
        } catch (DataFormatException e) {
            throw new IOException(damaged(), e);
        } finally {
            inflater.end();
        }
    }

    private int find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int place = Arrays.hashCode(wanted) & (places.length - 1);
        while (places[place] != 0) {
            int position = places[place] - 1;
            int start = position + CENTRAL_LENGTH;
            if (Arrays.equals(bytes, start, start + nameLength(position), wanted, 0, wanted.length)) {
                return position;
            }
            place = next(place);
        }
        return -1;
    }

    private int nameLength(int position) {
        return directory.getShort(position + 28) & 0xffff;
    }

    /** That of {@link Arrays#hashCode(byte[])}, in the directory. */
    private int hash(int start, int length) {
        int hash = 1;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash & (places.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    private byte[] read(long offset, int length) throws IOException {
        check(offset >= 0 && length >= 0 && offset + length <= zip.getSize());
        try (InputStream in = jar.getInputStream(zip)) {
            in.skipNBytes(offset);
            byte[] read = in.readNBytes(length);
            check(read.length == length);
            return read;
        }
    }

    private static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void check(boolean sound) throws IOException {
        if (!sound) {
            throw new IOException(damaged());
        }
    }

    private String damaged() {
        return zip.getName() + " in " + jar.getName() + " is damaged";
    }
}
