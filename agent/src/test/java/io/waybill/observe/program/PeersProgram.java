// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A server that tells of each client who it is. Arguments: the path of its socket, and how
 * many clients to serve.
 */
@SuppressWarnings("try") // one is closed early
public final class PeersProgram {
    private PeersProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[0]);
        int clients = Integer.parseInt(arguments[1]);
        try (Sightings sightings = Sightings.begin("peer");
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    SocketChannel accepted = server.accept()) {
                System.out.println("own " + tell(ProcessContainers.peerOf(client)) + " "
                        + tell(ProcessContainers.peerOf(accepted)));
                client.close();
                System.out.println("closed " + ProcessContainers.peerOf(client));
            }
            tellOfOthers();
            System.out.println("ended " + peerThatEnded(server, path));
            System.out.println("ready");
            for (int i = 0; i < clients; i++) {
                try (SocketChannel accepted = server.accept()) {
                    System.out.println("peer " + tell(ProcessContainers.peerOf(accepted)));
                    sightings.print(3 + i);
                }
            }
        }
    }

    /** One that connected, and that the kernel has forgotten by the time it is accepted. */
    private static Resolution peerThatEnded(ServerSocketChannel server, Path path) throws Exception {
        String connect = "use IO::Socket::UNIX; IO::Socket::UNIX->new(Peer => shift) or die;";
        Process client = new ProcessBuilder("perl", "-e", connect, path.toString()).start();
        client.waitFor();
        try (SocketChannel accepted = server.accept()) {
            return ProcessContainers.peerOf(accepted);
        }
    }

    private static void tellOfOthers() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    SocketChannel accepted = server.accept()) {
                System.out.println("network " + accepted.isOpen() + " " + ProcessContainers.peerOf(client));
            }
        }
    }

    private static String tell(Resolution resolution) {
        return resolution.pid() + " " + resolution.outcome().text();
    }
}
