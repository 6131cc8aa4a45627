// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report.program;

import io.waybill.api.ContainerScope;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A service of one thread: every request is a byte, the number of its client, and costs the same amount of work. It goes
 * round its connections, so that whatever slows it down slows down the work for all clients alike.
 *
 * <p>Arguments: the path of its socket, the number of connections to come, and the process id of each client.
 */
public final class WorkService {
    private static final int ROUNDS = 1_500_000;

    private static volatile long result;
    private static volatile Object garbage;

    private WorkService() {}

    /** Serves until all connections are closed. */
    public static void main(String[] arguments) throws IOException {
        int connections = Integer.parseInt(arguments[1]);
        long[] served = new long[arguments.length - 2];
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            awaitRecording();
            // Clients come as soon as it has its name; then it must be listening.
            Path unnamed = Path.of(arguments[0] + ".unnamed");
            server.bind(UnixDomainSocketAddress.of(unnamed));
            Files.move(unnamed, Path.of(arguments[0]));
            List<SocketChannel> accepted = new ArrayList<>();
            while (accepted.size() < connections) {
                accepted.add(server.accept());
            }
            ByteBuffer request = ByteBuffer.allocate(1);
            while (accepted.stream().anyMatch(SocketChannel::isOpen)) {
                for (SocketChannel connection : accepted) {
                    if (connection.isOpen()) {
                        serve(connection, request, arguments, served);
                    }
                }
            }
        }
        for (int client = 0; client < served.length; client++) {
            System.out.printf(Locale.ROOT, "served %s %d%n", arguments[client + 2], served[client]);
        }
    }

    /** Scopes are nothing until the agent noticed that a recording runs. */
    private static void awaitRecording() {
        while (ContainerScope.of(ProcessHandle.current().pid()) instanceof Enum<?>) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("try") // the scope is open, that is all
    private static void serve(SocketChannel connection, ByteBuffer request, String[] arguments, long[] served)
            throws IOException {
        request.clear();
        if (connection.read(request) < 0) {
            connection.close();
            return;
        }
        int client = request.get(0);
        try (ContainerScope scope = ContainerScope.of(Long.parseLong(arguments[client + 2]))) {
            work();
        }
        served[client]++;
        connection.write(request.flip());
    }

    private static void work() {
        long value = 1;
        for (int i = 0; i < ROUNDS; i++) {
            value = value * 6_364_136_223_846_793_005L + Long.rotateLeft(value, i & 63);
        }
        result += value;
        garbage = new byte[50_000];
    }
}
