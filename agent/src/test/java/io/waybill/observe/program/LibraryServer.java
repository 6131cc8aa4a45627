// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A server of one client, on a Unix-domain socket of a library. */
interface LibraryServer {
    /** Begins to listen; what it returns accepts one channel each time it is called. */
    Callable<?> listen(Path path) throws Exception;

    /**
     * Tells who the client is, and what the agent observed of it.
     *
     * @param arguments the path of the socket, and whether the library is met {@code first} or after the agent has begun
     */
    static void serve(String[] arguments, LibraryServer server) throws Exception {
        Path path = Path.of(arguments[0]);
        Callable<?> early = arguments[1].equals("first") ? server.listen(path) : null;
        try (Sightings sightings = Sightings.begin("peer")) {
            Callable<?> accept = early == null ? server.listen(path) : early;
            // What a library accepts is observed from a moment after its native code was loaded.
            while (!sightings.have(ProcessHandle.current().pid())) {
                SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
                accept.call();
                Thread.sleep(10);
            }
            System.out.println("ready");
            Object accepted = accept.call();
            sightings.printOf(ProcessContainers.peerOf(accepted).pid());
            Resolution peer = ProcessContainers.peerOf(accepted); // whose name was read by now
            System.out.println("peer " + peer.pid() + " "
                    + peer.container().map(ContainerIdentity::id).orElse("in none"));
        }
        System.exit(0); // libraries have threads that go on
    }
}
