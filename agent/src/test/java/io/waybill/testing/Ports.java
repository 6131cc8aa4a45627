// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for programs under test to listen at. */
public final class Ports {
    private static final int LOWEST = 10_000;

    private Ports() {}

    /** One that is free, and that the kernel gives to no connection before it is used. */
    public static int free() throws IOException {
        // in one go: what a second call reads of such a file is nothing
        String range = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .get(0);
        int end = Integer.parseInt(range.split("\\s")[0]);
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, Math.max(end, LOWEST + 1));
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // somebody listens there
            }
        }
    }
}
