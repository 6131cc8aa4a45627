// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a service on a Unix socket, and waits no longer than it is told to. */
final class UnixHttp {
    private UnixHttp() {}

    /**
     * Asks for a path.
     *
     * @param longest how long all of it may take
     */
    static HttpAnswer get(UnixDomainSocketAddress socket, String path, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        // HTTP/1.0, so that the answer is not cut into chunks
        byte[] request = ("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: application/json\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            // answers at once: a full backlog is an error to a channel that does not block (connect(2), EAGAIN)
            if (!channel.connect(socket)) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                await(selector, end);
                channel.finishConnect();
                key.interestOps(0);
            }
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    await(selector, end);
                }
            }
            key.interestOps(SelectionKey.OP_READ);
            return HttpAnswer.parse(read(channel, selector, end));
        } catch (SocketTimeoutException e) {
            return HttpAnswer.late();
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return HttpAnswer.none(String.valueOf(e.getMessage()));
        }
    }

    private static String read(SocketChannel channel, Selector selector, long end) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(StateFolder.LIMIT);
        int read = 0;
        while (read >= 0) {
            if (!in.hasRemaining()) {
                throw new IOException("an answer larger than " + StateFolder.LIMIT + " bytes");
            }
            read = channel.read(in);
            if (read == 0) {
                await(selector, end);
            }
        }
        return new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
    }

    private static void await(Selector selector, long end) throws IOException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }
}
