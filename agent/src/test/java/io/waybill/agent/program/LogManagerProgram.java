// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import io.waybill.testing.AgentStart;
import java.util.logging.LogManager;

/** Names a log manager of its own in main, as application servers do. */
public final class LogManagerProgram {
    private LogManagerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        AgentStart.await();
        System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
        System.out.println(LogManager.getLogManager().getClass().getSimpleName());
    }

    /** The log manager. */
    public static final class OwnLogManager extends LogManager {}
}
