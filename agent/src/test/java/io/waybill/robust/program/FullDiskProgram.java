// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust.program;

import java.util.concurrent.TimeUnit;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;

/** Records events of its own until the disk is full, or for a minute. */
public final class FullDiskProgram {
    private FullDiskProgram() {}

    @Name("test.Filler")
    private static final class Filler extends Event {
        private String text = "";
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (Recording recording = new Recording()) {
            recording.start();
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            for (int i = 0; System.nanoTime() < end; i++) {
                Filler filler = new Filler();
                filler.text = "x".repeat(1000) + i;
                filler.commit();
                if (i % 100 == 0) {
                    Thread.sleep(1);
                }
            }
        }
        System.out.println("done");
    }
}
