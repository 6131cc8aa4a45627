// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How long the thread that opened it could have run and had no CPU, by the kernel's account: the second number of {@code
 * /proc/thread-self/schedstat}. The file stays open, so that it can be read where no other can be opened.
 */
final class RunDelay implements AutoCloseable {
    private final RandomAccessFile file;
    private final byte[] text = new byte[64];

    private RunDelay(RandomAccessFile file) {
        this.file = file;
    }

    static RunDelay ofThisThread() throws IOException {
        return new RunDelay(new RandomAccessFile("/proc/thread-self/schedstat", "r"));
    }

    long nanos() {
        try {
            file.seek(0);
            int length = file.read(text);
            return Long.parseLong(new String(text, 0, length, StandardCharsets.US_ASCII).split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
