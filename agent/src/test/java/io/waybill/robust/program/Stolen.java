// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How long this machine's CPUs were another machine's, where it is a virtual one: a thread does not get on meanwhile, and its
 * own account does not have it. The file stays open, so that it can be read where no other can be opened.
 *
 * <pre>
 * cpu  4694663 11503 1234628 1794937 10729 0 6377 6661 0 0
 *                                                 (8)
 * (8) in hundredths of a second, of all CPUs (fs/proc/stat.c)
 * </pre>
 */
final class Stolen implements AutoCloseable {
    private static final int STEAL = 8;
    private static final int TICK_MILLIS = 10;

    private final RandomAccessFile file;
    private final byte[] text = new byte[256];

    private Stolen(RandomAccessFile file) {
        this.file = file;
    }

    static Stolen fromThisMachine() throws IOException {
        return new Stolen(new RandomAccessFile("/proc/stat", "r"));
    }

    long millis() {
        try {
            file.seek(0);
            int length = file.read(text);
            String line = new String(text, 0, length, StandardCharsets.US_ASCII);
            return TICK_MILLIS * Long.parseLong(line.split(" +", STEAL + 2)[STEAL].strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
