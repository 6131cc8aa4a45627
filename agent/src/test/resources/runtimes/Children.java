// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import io.waybill.observe.ChildProcesses;
import java.lang.instrument.Instrumentation;

/** Prints every child; with "close" the observer is closed again at once, with "throw" the sink throws. */
public final class AgentRuntime {
    public static void start(String options, Instrumentation instrumentation, boolean attached) throws Exception {
        ChildProcesses children = ChildProcesses.observe(
                instrumentation,
                child -> {
                    if (options.contains("throw")) {
                        throw new IllegalStateException("thrown by the sink");
                    }
                    System.out.println("observed " + child.origin().text() + " " + child.pid());
                },
                failure -> System.out.println("failure " + failure.getMessage()));
        if (options.contains("close")) {
            children.close();
        }
        Thread own = AgentThreads.of("probe", () -> {
            try {
                new ProcessBuilder("true").start().waitFor();
            } catch (Exception e) {
                System.out.println("own child: " + e);
            }
        });
        own.start();
        own.join();
    }
}
