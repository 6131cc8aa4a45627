// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The doors that the JVM knows: {@code -javaagent} and attach. Whatever happens behind them, the application starts. */
public final class Agent {
    private Agent() {}

    /**
     * Called by the JVM before main.
     *
     * @param options what follows {@code -javaagent:waybill-agent.jar=}
     */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        start(options == null ? "" : options, instrumentation, false);
    }

    /**
     * Called by the JVM when somebody attached to it and loaded the agent.
     *
     * @param options what was given together with the jar; {@code stop} ends the agent that runs
     */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        start(options == null ? "" : options, instrumentation, true);
    }

    /** Main begins before the agent starts, unless no child may be missed: then the hook for children comes first. */
    private static boolean isEager(String options) {
        return options.contains("children=eager") || "eager".equals(System.getProperty("waybill.children"));
    }

    private static void start(String options, Instrumentation instrumentation, boolean attached) {
        try {
            if (!attached && ToolJvm.isThisOne()) {
                return;
            }
            boolean eager = !attached && isEager(options);
            Start start = new Start(options, instrumentation, attached, eager);
            start.start();
            if (attached) {
                start.join(Start.LONGEST_WAIT);
            } else if (eager) {
                start.awaitHook();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            Start.say("does not start: ", e);
        }
    }
}
