// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** A server on junixsocket. Arguments: those of {@link LibraryServer}, and {@code sockets} or {@code channels}. */
public final class JunixsocketPeersProgram {
    private JunixsocketPeersProgram() {}

    public static void main(String[] arguments) throws Exception {
        LibraryServer.serve(arguments, path -> {
            if (arguments[2].equals("sockets")) {
                AFUNIXServerSocket server = AFUNIXServerSocket.newInstance();
                server.bind(AFUNIXSocketAddress.of(path));
                return server::accept;
            }
            AFUNIXServerSocketChannel server = AFUNIXServerSocketChannel.open();
            server.bind(AFUNIXSocketAddress.of(path));
            return server::accept;
        });
    }
}
