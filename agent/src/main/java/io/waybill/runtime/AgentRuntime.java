// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.lang.instrument.Instrumentation;

/** What the doors call. */
public final class AgentRuntime {
    private AgentRuntime() {}

    /**
     * Starts the agent.
     *
     * @param options what was given to the agent
     * @param attached whether the application runs already
     */
    public static void start(String options, Instrumentation instrumentation, boolean attached)
            throws ReflectiveOperationException {
        NativeAccess.grant(instrumentation);
    }
}
