// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.reflect.Field;

/** Uses the JNA of its class path. */
public final class JnaProgram {
    private JnaProgram() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int pid = NativeLibrary.getInstance("c").getFunction("getpid").invokeInt(new Object[0]);
        // By reflection, since the compiler would put in the constant of the version it sees.
        Field field = Native.class.getField("VERSION");
        field.setAccessible(true);
        Object version = field.get(null);
        System.out.println("application: getpid by JNA " + version + " is right: "
                + (pid == ProcessHandle.current().pid()));
    }
}
