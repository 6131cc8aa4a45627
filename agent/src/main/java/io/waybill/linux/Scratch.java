// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for the arguments of one system call at a time, lent to one thread at a time.
 *
 * @param memory the memory, in native byte order
 * @param address its first byte
 * @param errnoSegment where the binding keeps the errno, as the binding needs it; null if it needs none
 */
record Scratch(ByteBuffer memory, long address, @Nullable Object errnoSegment) {
    /** Room for a path, a structure, or a list of directory entries. */
    static final int SIZE = 32 * 1024;

    /** Writes a path as C reads it, at the beginning. */
    long path(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        memory.put(0, bytes).put(bytes.length, (byte) 0);
        return address;
    }

    /** Reads a text that ends with a zero, or with its field. */
    String text(int start, int length) {
        byte[] bytes = new byte[length];
        memory.get(start, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /**
     * A few of them, so that a call allocates nothing: a thread takes the one of its slot, or the next that is
     * free, or makes one if all are out. Some are made at the start: where the application has used up the direct memory that
     * a JVM may have, to ask for more of it has the JVM collect garbage and wait for half a second (java.nio.Bits).
     * Neither a lock nor a thread-local variable, since virtual threads call too.
     */
    static final class Pool {
        private static final int SLOTS = 16;
        /** A quarter of a megabyte in all, which the application then cannot have. */
        static final int MADE_EARLY = 8;

        private final AtomicReferenceArray<@Nullable Scratch> free = new AtomicReferenceArray<>(SLOTS);
        private final SystemCall binding;

        Pool(SystemCall binding) {
            this.binding = binding;
            try {
                for (int i = 0; i < MADE_EARLY; i++) {
                    free.set(i, binding.newScratch());
                }
            } catch (OutOfMemoryError e) {
                return; // there is none for more of them; who calls may still find some
            }
        }

        Scratch take() {
            int own = slot();
            for (int i = 0; i < SLOTS; i++) {
                Scratch scratch = free.getAndSet((own + i) % SLOTS, null);
                if (scratch != null) {
                    return scratch;
                }
            }
            return binding.newScratch();
        }

        void giveBack(Scratch scratch) {
            int own = slot();
            for (int i = 0; i < SLOTS; i++) {
                if (free.compareAndSet((own + i) % SLOTS, null, scratch)) {
                    return;
                }
            }
        }

        @SuppressWarnings("deprecation") // threadId() came in 19; the number is the same
        private static int slot() {
            return (int) Thread.currentThread().getId() & (SLOTS - 1);
        }
    }
}
