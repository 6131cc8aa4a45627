// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report.program;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of {@link WorkService}: on every connection it asks, waits for the answer, and asks again.
 *
 * <p>Arguments: the path of the socket, the number of the client, connections, and requests on each.
 */
public final class WorkClient {
    private WorkClient() {}

    /** Asks until all requests are answered. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        awaitFile(Path.of(arguments[0]));
        byte client = Byte.parseByte(arguments[1]);
        int connections = Integer.parseInt(arguments[2]);
        int requests = Integer.parseInt(arguments[3]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> ask(Path.of(arguments[0]), client, requests));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void awaitFile(Path file) throws IOException, InterruptedException {
        try (WatchService watch = file.getFileSystem().newWatchService()) {
            file.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(file)) {
                watch.take().reset();
            }
        }
    }

    private static void ask(Path socket, byte client, int requests) {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            for (int i = 0; i < requests; i++) {
                buffer.clear().put(client).flip();
                channel.write(buffer);
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    throw new IOException("the service has gone");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("asking " + socket, e);
        }
    }
}
