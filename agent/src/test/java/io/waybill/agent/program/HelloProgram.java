// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import io.waybill.testing.AgentStart;

/** Says hello. */
public final class HelloProgram {
    private HelloProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        AgentStart.await();
        System.out.println("hello " + String.join(" ", arguments));
    }
}
