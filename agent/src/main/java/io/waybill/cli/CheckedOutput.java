// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/** An output that remembers why it could not be written; a PrintWriter remembers that it could not, and no more. */
final class CheckedOutput extends OutputStream {
    private final OutputStream out;
    private @Nullable IOException failure;

    CheckedOutput(OutputStream out) {
        this.out = out;
    }

    /** The first failure; null without. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether it is a pipe that nobody reads any more, as after {@code | head}. */
    boolean hasNoReader() {
        return failure != null && noReader().equals(failure.getMessage());
    }

    /** EPIPE in the words of this JVM's locale, as the system says them of a pipe made for that: the JDK gives no number. */
    private static String noReader() {
        try {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                sink.write(ByteBuffer.allocate(1));
            }
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
