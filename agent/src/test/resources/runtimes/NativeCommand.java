// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import com.sun.jna.NativeLibrary;
import java.util.Arrays;

/** Makes a call by JNA, and ends with an exit code of its own. */
public final class CommandLineMain {
    public static int run(String[] arguments) {
        System.out.println(Arrays.toString(arguments));
        int pid = NativeLibrary.getInstance("c").getFunction("getpid").invokeInt(new Object[0]);
        System.out.println("getpid by JNA is right: " + (pid == ProcessHandle.current().pid()));
        return 3;
    }
}
