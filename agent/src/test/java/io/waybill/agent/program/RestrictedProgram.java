// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import io.waybill.api.ContainerScope;
import io.waybill.api.ProcessContainers;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Works in a scope of the API and in a declared method, and asks who connected; all it needs to be allowed is the socket. */
public final class RestrictedProgram {
    private RestrictedProgram() {}

    @SuppressWarnings("try") // the client is only there
    public static void main(String[] arguments) throws Exception {
        while (!ProcessContainers.isConnected() || isUnrecorded()) {
            Thread.sleep(10);
        }
        serve(new Caller(1));
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(Path.of(arguments[0]));
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                SocketChannel client = SocketChannel.open(address);
                SocketChannel accepted = server.accept()) {
            System.out.println("peer " + ProcessContainers.peerOf(accepted).outcome());
        }
    }

    private static boolean isUnrecorded() {
        try (ContainerScope scope = ContainerScope.of(1)) {
            return scope.getClass().getSimpleName().equals("NoScope");
        }
    }

    private static void serve(Caller caller) {
        System.out.println("serving " + caller);
    }

    private record Caller(long pid) {}
}
