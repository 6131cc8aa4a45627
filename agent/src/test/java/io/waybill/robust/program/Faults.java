// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes something wrong in this JVM or before its eyes, and right again. */
final class Faults {
    private static final int PIECE = 64 << 10;
    private static final int SPARE = 48 << 20;

    private final List<AutoCloseable> files = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    void begin(String fault) throws InterruptedException, IOException {
        over = false;
        switch (fault) {
            case "descriptors" -> takeDescriptors();
            case "threads" -> takeThreads();
            case "heap" -> start(this::fillHeap);
            case "hidden" -> hideProc();
            case "hang" -> files.add(silentEngine());
            default -> {}
        }
    }

    void end() throws Exception {
        over = true;
        for (AutoCloseable file : files) {
            file.close();
        }
        files.clear();
        for (Thread thread : threads) {
            thread.join(); // before another one is started
        }
        threads.clear();
    }

    private void hideProc() throws InterruptedException, IOException {
        new ProcessBuilder("umount", "--lazy", "/proc").start().waitFor();
        files.add(() -> new ProcessBuilder("mount", "-t", "proc", "proc", "/proc")
                .start()
                .waitFor());
    }

    /** The socket of an engine that never accepts. */
    private static ServerSocketChannel silentEngine() throws IOException {
        Path socket = Path.of("/run/docker.sock");
        Files.deleteIfExists(socket);
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    private void takeDescriptors() {
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            closeLast();
        }
    }

    /** Room for the socket that the application listens on, and for its folder. */
    private void closeLast() {
        for (int i = 0; i < 4; i++) {
            try {
                files.remove(files.size() - 1).close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void takeThreads() throws InterruptedException {
        try {
            while (!over) {
                start(this::linger);
            }
        } catch (OutOfMemoryError e) {
            Thread.sleep(10);
        }
    }

    private void linger() {
        try {
            while (!over) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes all of it but what the application needs, in pieces that are replaced as fast as can be. */
    private void fillHeap() {
        byte[][] filled = new byte[(int) ((Runtime.getRuntime().maxMemory() - SPARE) / PIECE)][];
        for (int i = 0; !over; i = (i + 1) % filled.length) {
            filled[i] = new byte[PIECE];
        }
    }

    private void start(Runnable work) {
        Thread thread = new Thread(null, work, "fault", 64 << 10);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }
}
