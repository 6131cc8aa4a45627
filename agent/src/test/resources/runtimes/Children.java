// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import io.waybill.observe.ChildProcesses;
import io.waybill.observe.ReturnHook;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/** Prints every child; with {@code throw} the sink throws, {@code close} ends it at once, {@code again} starts over. */
public final class AgentRuntime {
    public static void start(String options, Instrumentation instrumentation, Runnable hooked) throws Exception {
        ReturnHook children = observe(options, instrumentation);
        if (options.contains("close")) {
            children.close();
        }
        if (options.contains("again")) {
            children.close();
            observe(options, instrumentation);
        }
        Thread own = AgentThreads.of("probe", AgentRuntime::startOwnChild);
        own.start();
        own.join();
        System.setProperty("waybill.test.started", "");
    }

    private static ReturnHook observe(String options, Instrumentation instrumentation) {
        return ChildProcesses.observe(
                instrumentation,
                child -> {
                    if (options.contains("throw")) {
                        throw new IllegalStateException("thrown by the sink");
                    }
                    System.out.println("observed " + child.origin().text() + " " + child.pid());
                },
                failure -> System.out.println("failure " + failure.getMessage()));
    }

    private static void startOwnChild() {
        try {
            new ProcessBuilder("true").start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
