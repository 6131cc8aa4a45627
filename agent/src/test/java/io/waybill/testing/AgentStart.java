// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

/** For a program under test: the start of the agent in its JVM. */
public final class AgentStart {
    private AgentStart() {}

    /** Waits until all of the agent is there; at once where there is none. */
    public static void await() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("waybill-start")) {
                thread.join();
            }
        }
    }
}
