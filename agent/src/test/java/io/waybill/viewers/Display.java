// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A display of the X server without a screen; closing it ends the server. */
record Display(Process server, String name) implements AutoCloseable {
    /** Opens one; the server chooses a free number. */
    static Display open(Path folder) throws IOException, InterruptedException {
        Path number = folder.resolve("display");
        Process server = new ProcessBuilder(
                        "sh", "-c", "exec Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>" + number)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(number) || !Files.readString(number).endsWith("\n")) {
            if (System.nanoTime() > end || !server.isAlive()) {
                server.destroyForcibly();
                throw new IOException("Xvfb does not start");
            }
            server.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return new Display(server, ":" + Files.readString(number).strip());
    }

    @Override
    public void close() {
        server.destroy();
    }
}
