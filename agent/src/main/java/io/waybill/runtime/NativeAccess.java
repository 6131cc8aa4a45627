// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/** Native access for the module of the agent alone, which from JDK 24 on saves the user a warning or a flag. */
final class NativeAccess {
    private NativeAccess() {}

    /** Grants it; before JDK 22 nobody asks for it. */
    static void grant(Instrumentation instrumentation) throws ReflectiveOperationException {
        Module own = NativeAccess.class.getModule();
        if (Runtime.version().feature() < 22 || !own.isNamed()) {
            return;
        }
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(own)), Set.of(), Map.of());
        Method grant = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
        grant.setAccessible(true);
        grant.invoke(own);
    }
}
