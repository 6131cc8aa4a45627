// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import java.io.IOException;

/** The door of the command line: {@code java -jar waybill-agent.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        IsolatedModule isolated = IsolatedModule.ofOwnJar();
        isolated.passOnNativeAccess();
        Object exitCode = isolated.load("io.waybill.cli.CommandLineMain")
                .getMethod("run", String[].class)
                .invoke(null, (Object) arguments);
        System.exit((Integer) exitCode);
    }
}
