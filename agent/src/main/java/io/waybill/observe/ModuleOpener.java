// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Opens the package of a class to the agent's own module, and to nobody else. */
public record ModuleOpener(Instrumentation instrumentation) implements Consumer<Class<?>> {
    @Override
    public void accept(Class<?> type) {
        Module module = type.getModule();
        Module own = ModuleOpener.class.getModule();
        if (module.isNamed() && !module.isOpen(type.getPackageName(), own)) {
            instrumentation.redefineModule(
                    module, Set.of(), Map.of(), Map.of(type.getPackageName(), Set.of(own)), Set.of(), Map.of());
        }
    }
}
