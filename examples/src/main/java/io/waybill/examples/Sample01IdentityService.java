// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A service on a Unix-domain socket that tells everybody who connects which container they are in. The kernel says who
 * connected, so a client cannot pass for another.
 *
 * <pre>
 * $ java -javaagent:waybill-agent.jar -cp examples/target/classes \
 *       io.waybill.examples.Sample01IdentityService serve /run/whoami/socket
 * listening on /run/whoami/socket
 *
 * $ runc exec web-0 java -cp examples/target/classes \
 *       io.waybill.examples.Sample01IdentityService ask /run/whoami/socket
 * you are runc container web-0, pid 4711 here
 * </pre>
 */
public final class Sample01IdentityService {
    private Sample01IdentityService() {}

    /** Takes what to do, {@code serve} or {@code ask}, and the path of the socket. */
    public static void main(String[] arguments) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(Path.of(arguments[1]));
        if (arguments[0].equals("serve")) {
            serve(address);
        } else {
            System.out.println(ask(address));
        }
    }

    private static void serve(UnixDomainSocketAddress address) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            System.out.println("listening on " + address);
            while (true) {
                try (SocketChannel client = server.accept()) {
                    client.write(StandardCharsets.UTF_8.encode(answer(ProcessContainers.peerOf(client))));
                }
            }
        }
    }

    private static String answer(Resolution peer) {
        return "you are "
                + peer.container().map(Sample01IdentityService::name).orElse("in no container: " + peer.reason())
                + ", pid " + peer.pid() + " here";
    }

    private static String name(ContainerIdentity container) {
        return container.runtime().text() + " container " + container.displayName();
    }

    private static String ask(UnixDomainSocketAddress address) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(1024);
        try (SocketChannel channel = SocketChannel.open(address)) {
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // until the service closes
            }
        }
        return StandardCharsets.UTF_8.decode(answer.flip()).toString();
    }
}
