// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.speed;

import java.lang.instrument.Instrumentation;

/** An agent that does nothing: what the JVM itself takes to start with one. */
public final class NothingAgent {
    private NothingAgent() {}

    public static void premain(String options, Instrumentation instrumentation) {}
}
