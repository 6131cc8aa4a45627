// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import io.waybill.observe.ChildProcesses;
import io.waybill.observe.ReturnHook;
import io.waybill.observe.UnixPeers;
import io.waybill.observe.Weavings;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Prints every child; with {@code throw} the sink throws, {@code close} ends it at once, {@code again} starts over, and
 * {@code spoilt} has another agent make a bad class of one that is woven at the same time.
 */
public final class AgentRuntime {
    public static void start(String options, Instrumentation instrumentation, boolean attached, Runnable hooked) throws Exception {
        Weavings weavings = new Weavings(instrumentation);
        if (options.contains("spoilt")) {
            instrumentation.addTransformer(new Spoiler(), true);
            UnixPeers.observe(weavings, channel -> {}, failure -> {});
        }
        ReturnHook children = observe(options, weavings);
        if (options.contains("close")) {
            children.close();
        }
        if (options.contains("again")) {
            children.close();
            observe(options, new Weavings(instrumentation));
        }
        Thread own = AgentThreads.of("probe", AgentRuntime::startOwnChild);
        own.start();
        own.join();
        System.setProperty("waybill.test.started", "");
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
        try {
            weavings.apply();
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        return children;
    }

    private static void startOwnChild() {
        try {
            new ProcessBuilder("true").start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Spoiler implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            boolean spoilt = redefined != null && name.equals("sun/nio/ch/ServerSocketChannelImpl");
            return spoilt ? new byte[] {1, 2, 3} : null;
        }
    }
}
