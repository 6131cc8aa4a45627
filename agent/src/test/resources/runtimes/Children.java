// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import io.waybill.observe.ChildProcesses;
import io.waybill.observe.ReturnHook;
import io.waybill.observe.Weavings;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/** Prints every child; with {@code throw} the sink throws, {@code close} ends it at once, {@code again} starts over. */
public final class AgentRuntime {
    public static void start(String options, Instrumentation instrumentation, Runnable hooked) throws Exception {
        Weavings weavings = new Weavings(instrumentation);
        ReturnHook children = observe(options, weavings);
        if (options.contains("close")) {
            close(children, weavings);
        }
        if (options.contains("again")) {
            close(children, weavings);
            observe(options, new Weavings(instrumentation));
        }
        Thread own = AgentThreads.of("probe", AgentRuntime::startOwnChild);
        own.start();
        own.join();
        System.setProperty("waybill.test.started", "");
    }

    private static void close(ReturnHook children, Weavings weavings) {
        children.close();
        weavings.close();
    }

    private static ReturnHook observe(String options, Weavings weavings) {
        ReturnHook children = ChildProcesses.observe(
                weavings,
                child -> {
                    if (options.contains("throw")) {
                        throw new IllegalStateException("thrown by the sink");
                    }
                    System.out.println("observed " + child.origin().text() + " " + child.pid());
                },
                failure -> System.out.println("failure " + failure.getMessage()));
        weavings.apply();
        return children;
    }

    private static void startOwnChild() {
        try {
            new ProcessBuilder("true").start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
