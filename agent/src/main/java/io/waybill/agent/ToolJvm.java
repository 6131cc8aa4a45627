// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

/** Tells the JDK's own tools (jcmd, jps, javac, keytool…), which JAVA_TOOL_OPTIONS reaches as well, from applications. */
final class ToolJvm {
    private ToolJvm() {}

    static boolean isThisOne() {
        return isTool(System.getProperty("jdk.module.main", ""), System.getProperty("sun.java.command", ""));
    }

    /**
     * Tells a tool by what its launcher says.
     *
     * <pre>
     * jdk.jcmd/sun.tools.jcmd.JCmd 4711 VM.version
     *   (1)         (2)
     * (1) its module, which is what the launcher of every tool names
     * (2) its main class
     * </pre>
     *
     * <p>{@code java Hello.java} runs by the compiler's launcher, and is an application.
     *
     * @param module the property jdk.module.main
     * @param command the property sun.java.command
     */
    static boolean isTool(String module, String command) {
        return (module.startsWith("jdk.") || module.startsWith("java."))
                && !command.startsWith("jdk.compiler/com.sun.tools.javac.launcher.");
    }
}
