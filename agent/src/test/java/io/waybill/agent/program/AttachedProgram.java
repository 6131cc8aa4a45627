// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import java.io.IOException;

/** Waits until an agent has started, starts a child, and stays. */
public final class AttachedProgram {
    private AttachedProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("ready");
        while (System.getProperty("waybill.test.started") == null) {
            Thread.sleep(10);
        }
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        System.out.println("start " + child.pid());
        Thread.sleep(60_000);
    }
}
