// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a recording, found by their headers alone; where the file is damaged, the search goes on at the next
 * header.
 *
 * @param chunks in the order of the file
 * @param problems what could not be read, for the user
 */
record ChunkList(List<ChunkHeader> chunks, List<String> problems) {
    private static final int BLOCK = 1 << 16;

    /** The types of two events that each chunk has, and says in its header where. */
    private static final byte METADATA = 0;

    private static final byte CHECKPOINT = 1;

    /**
     * Looks through a file.
     *
     * @throws RecordingException if it is no recording at all
     */
    static ChunkList of(FileChannel file) throws IOException {
        long length = file.size();
        checkForeign(file, length);
        List<ChunkHeader> chunks = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        long position = 0;
        while (position < length) {
            ChunkHeader header = headerAt(file, position, length);
            if (header != null && isWhole(file, header, length)) {
                chunks.add(header);
                position += header.size();
                position = header.finished() ? position : nextHeader(file, position, length);
                continue;
            }
            long next = nextHeader(file, position + 1, length);
            problems.add(problem(header, position, next, length));
            position = next;
        }
        return new ChunkList(List.copyOf(chunks), List.copyOf(problems));
    }

    private static String problem(@Nullable ChunkHeader header, long from, long to, long length) {
        if (to == length && header != null && header.size() > length - from) {
            return "it is cut short: the chunk at byte " + from + " has " + header.size() + " bytes, " + (length - from)
                    + " of them are there";
        }
        return "it is damaged from byte " + from + " to byte " + to;
    }

    private static void checkForeign(FileChannel file, long length) throws IOException {
        ByteBuffer first = read(file, 0, 8);
        if (first.remaining() >= 4 && first.getInt(0) == ChunkHeader.MAGIC) {
            if (length >= ChunkHeader.BYTES) {
                ChunkHeader.parse(read(file, 0, ChunkHeader.BYTES), 0);
            }
            return;
        }
        if (length == 0) {
            throw new RecordingException("the file is empty");
        }
        if (first.remaining() >= 2 && (first.getShort(0) & 0xffff) == 0x1f8b) {
            throw new RecordingException("it is compressed; unpack it with gunzip first");
        }
        throw new RecordingException("it is no flight recording: it begins with " + "\""
                + StandardCharsets.ISO_8859_1.decode(first) + "\" where one has FLR");
    }

    private static @Nullable ChunkHeader headerAt(FileChannel file, long position, long length) throws IOException {
        if (length - position < ChunkHeader.BYTES) {
            return null;
        }
        try {
            ByteBuffer bytes = read(file, position, ChunkHeader.BYTES);
            ChunkHeader header = ChunkHeader.parse(bytes, position);
            return header.isPlausible() && !ChunkHeader.isWaitedFor(bytes) ? header : null;
        } catch (RecordingException e) {
            return null;
        }
    }

    /** The position of the next header that says something that can be, or the end of the file. */
    private static long nextHeader(FileChannel file, long from, long length) throws IOException {
        for (long position = from; length - position >= ChunkHeader.BYTES; position += BLOCK - 3) {
            ByteBuffer block = read(file, position, BLOCK);
            for (int i = 0; i + 4 <= block.remaining(); i++) {
                if (block.getInt(i) == ChunkHeader.MAGIC) {
                    ChunkHeader header = headerAt(file, position + i, length);
                    if (header != null && header.size() <= length - header.position() && isTrue(file, header)) {
                        return position + i;
                    }
                }
            }
        }
        return length;
    }

    /** Whether the file has all of a chunk; another one can begin where that should go on, as behind a recording that is torn. */
    private static boolean isWhole(FileChannel file, ChunkHeader header, long length) throws IOException {
        long end = header.position() + header.size();
        return header.size() <= length - header.position()
                && (end == length || headerAt(file, end, length) != null || isTrue(file, header));
    }

    /**
     * Whether what a header speaks of is there. A JVM writes copies of it into the chunk, too, and from their places it is not.
     */
    private static boolean isTrue(FileChannel file, ChunkHeader header) throws IOException {
        ByteBuffer bytes = read(file, header.position(), ChunkHeader.BYTES);
        return isEvent(file, header.position() + bytes.getLong(16), CHECKPOINT)
                && isEvent(file, header.position() + bytes.getLong(24), METADATA);
    }

    /**
     * Whether an event of this type is there.
     *
     * <pre>
     * 89978600 00 ...
     * (1)      (2)
     * (1) bytes in it, seven bits in each of these, of which all but the last have the eighth bit
     * (2) its type, in the same way
     * </pre>
     */
    private static boolean isEvent(FileChannel file, long position, byte type) throws IOException {
        if (position < 0) {
            return false;
        }
        ByteBuffer event = read(file, position, 2 * Long.BYTES);
        while (event.hasRemaining() && event.get() < 0) {
            // the size
        }
        return event.hasRemaining() && event.get() == type;
    }

    private static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) > 0) {
            // until it is full, or the file ends
        }
        return buffer.flip();
    }
}
