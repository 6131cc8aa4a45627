// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;

/** Makes a call by JNA, and says what that has brought into the JVM. */
public final class AgentRuntime {
    public static void start(String options, Instrumentation instrumentation, boolean attached, Runnable hooked) throws Exception {
        NativeAccess.grant(instrumentation);
        try {
            int pid = NativeLibrary.getInstance("c").getFunction("getpid").invokeInt(new Object[0]);
            System.out.println("agent: getpid by JNA " + Native.VERSION + " is right: " + (pid == ProcessHandle.current().pid()));
        } catch (LinkageError e) {
            System.out.println("agent: " + e.getClass().getName());
        }
        System.out.println("agent: JNA in " + Native.class.getModule() + " of " + Native.class.getClassLoader().getName());
        boolean logging = Arrays.stream(instrumentation.getAllLoadedClasses())
                .anyMatch(type -> type.getName().startsWith("java.util.logging."));
        System.out.println("agent: java.util.logging is loaded: " + logging);
    }
}
