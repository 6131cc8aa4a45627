// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel.program;

import io.waybill.api.Init;
import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks for the peers of a socket of this JVM: one that is the init of a pid namespace, and one that has ended. */
final class PeerCheck {
    static final String RIGHT = "peer init, ended gone";

    private static final String CONNECT = "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => shift) or die;";

    private PeerCheck() {}

    /** {@link #RIGHT}, or what is wrong. */
    static String result() throws Exception {
        Path folder = Files.createTempDirectory("waybill-peers");
        Path socket = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            return "peer " + living(server, socket) + ", ended " + ended(server, socket);
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static String living(ServerSocketChannel server, Path socket) throws Exception {
        Process unshare = perl(List.of("unshare", "--pid", "--fork", "--kill-child"), CONNECT + " <$s>;", socket);
        try (SocketChannel accepted = server.accept()) {
            Resolution peer = ProcessContainers.peerOf(accepted);
            long truth = unshare.children().findFirst().orElseThrow().pid();
            boolean right = peer.pid() == truth
                    && peer instanceof Resolution.Resolved resolved
                    && resolved.init() instanceof Init.Known init
                    && init.pid() == truth;
            return right ? "init" : peer + " instead of " + truth;
        } finally {
            unshare.destroyForcibly().waitFor();
        }
    }

    private static String ended(ServerSocketChannel server, Path socket) throws Exception {
        perl(List.of(), CONNECT, socket).waitFor();
        try (SocketChannel accepted = server.accept()) {
            Resolution peer = ProcessContainers.peerOf(accepted);
            return peer instanceof Resolution.Gone ? "gone" : peer.toString();
        }
    }

    private static Process perl(List<String> prefix, String script, Path socket) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("perl", "-e", script, socket.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
