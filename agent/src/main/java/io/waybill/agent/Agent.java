// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The doors that the JVM knows: {@code -javaagent} and attach. Whatever happens behind them, the application starts. */
public final class Agent {
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private Agent() {}

    /**
     * Called by the JVM before main.
     *
     * @param options what follows {@code -javaagent:waybill-agent.jar=}
     */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        if (!ToolJvm.isThisOne()) {
            enter(options, instrumentation, false);
        }
    }

    /**
     * Called by the JVM when somebody attached to it and loaded the agent.
     *
     * @param options what was given together with the jar
     */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        enter(options, instrumentation, true);
    }

    private static void enter(@Nullable String options, Instrumentation instrumentation, boolean attached) {
        try {
            if (!Machine.isSupported()) {
                say("runs on Linux on x86-64 and aarch64 only, not on " + Machine.name());
            } else if (!RUNNING.compareAndSet(false, true)) {
                say("runs in this JVM already; given again, it changes nothing");
            } else {
                start(options == null ? "" : options, instrumentation, attached);
            }
        } catch (Throwable e) {
            say("does not start: " + e);
        }
    }

    private static void start(String options, Instrumentation instrumentation, boolean attached)
            throws IOException, ReflectiveOperationException {
        boolean started = false;
        try {
            IsolatedModule.ofOwnJar()
                    .load("io.waybill.runtime.AgentRuntime")
                    .getMethod("start", String.class, Instrumentation.class, boolean.class)
                    .invoke(null, options, instrumentation, attached);
            started = true;
        } finally {
            RUNNING.set(started);
        }
    }

    private static void say(String line) {
        System.err.println("waybill: " + line);
    }
}
