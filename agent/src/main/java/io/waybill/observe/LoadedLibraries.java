// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Observes the native libraries that this JVM loads, so that a library in Java that needs one is met when it is first
 * used, and no sooner: none of its classes is loaded to find out, and no transformer waits for them.
 *
 * <p>{@code System.load} and {@code System.loadLibrary} end in {@code Runtime.load0(Class, String)} and
 * {@code loadLibrary0(Class, String)}; these tell their arguments when they return.
 */
public final class LoadedLibraries {
    private LoadedLibraries() {}

    /**
     * Observes from when the weavings are applied.
     *
     * @param loaded is told of the class that loaded a library, and its path or name, in the thread that loaded it
     * @param failures told what that throws, so that the application never sees it
     * @return ends it
     * @throws IllegalStateException if this JVM's {@link Runtime} cannot be instrumented
     */
    public static ReturnHook observe(
            Weavings weavings, BiConsumer<Class<?>, String> loaded, Consumer<? super Throwable> failures) {
        try {
            ReturnHook hook = ReturnHook.define(
                    weavings,
                    "WaybillLibraries",
                    (caller, library) -> loaded.accept((Class<?>) caller, (String) library),
                    failures);
            hook.weave(Runtime.class, 1, 2, "load0(", "loadLibrary0(");
            return hook;
        } catch (ReflectiveOperationException | IOException | LinkageError e) {
            throw new IllegalStateException("loaded libraries cannot be observed: " + e, e);
        }
    }

    /** Goes through the classes that may have loaded theirs before anybody told of it. */
    public static void lookBack(Weavings weavings, Consumer<Class<?>> action) {
        for (Class<?> loaded : LoadedClasses.of(weavings.instrumentation())) {
            action.accept(loaded);
        }
    }
}
