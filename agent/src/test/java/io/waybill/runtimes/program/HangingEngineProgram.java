// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes.program;

import io.waybill.api.ProcessContainers;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A host JVM that listens where Docker Engine does and never answers. It starts a process in a cgroup of Docker's, and
 * once the agent has asked for its name it asks the agent itself. Arguments: the jar, the container's id.
 */
public final class HangingEngineProgram {
    private static final String ENTER = "echo $$ > $1/cgroup.procs; exec sleep 900";

    private HangingEngineProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path socket = Path.of("/run/docker.sock");
        Path cgroup = Files.createDirectories(Path.of("/sys/fs/cgroup/docker", arguments[1]));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            ProcessContainers.resolve(ProcessHandle.current().pid());
            Process process = new ProcessBuilder("sh", "-c", ENTER, "sh", cgroup.toString()).start();
            try (SocketChannel asking = server.accept()) {
                System.out.println(answerWhile(asking, process.pid()));
            }
            resolve(arguments[0], process.pid());
            process.destroyForcibly().waitFor();
        } finally {
            Files.delete(socket);
        }
    }

    private static String answerWhile(SocketChannel asking, long pid) throws Exception {
        asking.configureBlocking(false);
        ByteBuffer request = ByteBuffer.allocate(4096);
        while (asking.read(request) >= 0) {
            String id = ProcessContainers.resolve(pid)
                    .container()
                    .map(container -> container.id())
                    .orElse("");
            boolean waits = asking.read(request) >= 0;
            if (waits && !id.isEmpty()) {
                return "answered while the engine hung: " + id;
            }
        }
        return "the engine was not waited for any longer";
    }

    private static void resolve(String jar, long pid) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        new ProcessBuilder(java, "-jar", jar, "resolve", "--json", "--runtime-api", Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }
}
