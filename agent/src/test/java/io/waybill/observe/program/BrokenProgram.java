// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import io.waybill.api.ProcessContainers;
import java.nio.file.Files;
import java.nio.file.Path;

/** Has a class that cannot be initialized. Waits for a file, and says whether the agent runs then. Arguments: the file. */
public final class BrokenProgram {
    private BrokenProgram() {}

    public static void main(String[] arguments) throws Exception {
        try {
            Broken.work(ProcessHandle.current().pid());
        } catch (ExceptionInInitializerError e) {
            System.out.println("broken");
        }
        while (!Files.exists(Path.of(arguments[0]))) {
            Thread.sleep(10);
        }
        System.out.println("agent " + ProcessContainers.isConnected());
    }

    /** Cannot be initialized. */
    static final class Broken {
        private static final long NEVER = fail();

        private Broken() {}

        static void work(long pid) {
            System.out.println("works for " + pid + " and " + NEVER);
        }

        private static long fail() {
            throw new IllegalStateException("planted");
        }
    }
}
