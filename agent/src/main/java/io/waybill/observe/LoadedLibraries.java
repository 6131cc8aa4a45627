// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Observes the native libraries that this JVM loads, so that a library in Java that needs one is met when it is first
 * used, and no sooner: none of its classes is loaded to find out, and no transformer waits for them.
 *
 * <p>{@code System.load} and {@code System.loadLibrary} end in {@code Runtime.load0(Class, String)} and
 * {@code loadLibrary0(Class, String)}; these tell their arguments when they return.
 */
public final class LoadedLibraries implements AutoCloseable {
    private final Hook<BiConsumer<Class<?>, String>> hook;
    private final Weaving weaving;

    private LoadedLibraries(Hook<BiConsumer<Class<?>, String>> hook, Weaving weaving) {
        this.hook = hook;
        this.weaving = weaving;
    }

    /**
     * Begins to observe.
     *
     * @param loaded is told of the class that loaded a library, and its path or name, in the thread that loaded it
     * @param failures told what that throws, so that the application never sees it
     * @throws IllegalStateException if this JVM's {@link Runtime} cannot be instrumented
     */
    public static LoadedLibraries observe(
            Instrumentation instrumentation,
            BiConsumer<Class<?>, String> loaded,
            Consumer<? super Throwable> failures) {
        try {
            Hook<BiConsumer<Class<?>, String>> hook =
                    Hook.define(instrumentation, "WaybillLibraries", BiConsumer.class, new Loaded(loaded, failures));
            Weaving weaving = Weaving.into(
                    Runtime.class,
                    hook.advice().to(Return.class).on(ElementMatchers.namedOneOf("load0", "loadLibrary0")),
                    instrumentation);
            return new LoadedLibraries(hook, weaving);
        } catch (ReflectiveOperationException | IOException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("loaded libraries cannot be observed: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            hook.close();
            weaving.close();
        } catch (ReflectiveOperationException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("Runtime cannot be restored: " + e, e);
        }
    }

    /** What the hook leads to. */
    private record Loaded(BiConsumer<Class<?>, String> loaded, Consumer<? super Throwable> failures)
            implements BiConsumer<Class<?>, String> {
        @Override
        public void accept(Class<?> caller, String library) {
            try {
                if (!AgentThreads.isCurrent()) {
                    loaded.accept(caller, library);
                }
            } catch (Throwable e) {
                failures.accept(e);
            }
        }
    }

    /** The advice; reads the field once, since it may be emptied at any time. */
    static final class Return {
        private Return() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Hook.Target @Nullable BiConsumer<Class<?>, String> hook,
                @Advice.Argument(0) Class<?> caller,
                @Advice.Argument(1) String library) {
            BiConsumer<Class<?>, String> consumer = hook;
            if (consumer != null) {
                consumer.accept(caller, library);
            }
        }
    }
}
