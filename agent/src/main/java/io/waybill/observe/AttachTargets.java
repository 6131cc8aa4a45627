// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Observes the JVMs that this one attaches to. The class that does it is met when it loads its native library, during its
 * own initialization, and so before the first attach; it is never loaded for this.
 */
public final class AttachTargets implements AutoCloseable {
    private static final String TYPE = "sun.tools.attach.VirtualMachineImpl";
    private static final String LIBRARY = "attach";

    private final Instrumentation instrumentation;
    private final ProcessSink sink;
    private final Consumer<? super Throwable> failures;
    private @Nullable Hook<Consumer<String>> hook;
    private @Nullable Weaving weaving;

    /**
     * Makes it; nothing is observed until the library is loaded.
     *
     * @param sink called in the thread that attached
     * @param failures told what the sink threw, so that the application never sees it
     */
    public AttachTargets(Instrumentation instrumentation, ProcessSink sink, Consumer<? super Throwable> failures) {
        this.instrumentation = instrumentation;
        this.sink = sink;
        this.failures = failures;
    }

    /**
     * A library was loaded; if it is that of attach, its users are observed from here on.
     *
     * @param caller the class that loaded it
     * @throws IllegalStateException if the class cannot be instrumented
     */
    public synchronized void libraryLoaded(Class<?> caller, String library) {
        if (weaving != null || !library.equals(LIBRARY) || !caller.getName().equals(TYPE)) {
            return;
        }
        try {
            hook = Hook.define(instrumentation, "WaybillAttach", Consumer.class, this::attached);
            weaving = Weaving.into(
                    caller, hook.advice().to(Constructed.class).on(ElementMatchers.isConstructor()), instrumentation);
        } catch (ReflectiveOperationException | IOException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("attach cannot be observed: " + e, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (hook != null) {
                hook.close();
            }
            if (weaving != null) {
                weaving.close();
            }
        } catch (ReflectiveOperationException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("attach cannot be restored: " + e, e);
        }
    }

    private void attached(String pid) {
        try {
            if (!AgentThreads.isCurrent()) {
                sink.observed(Observation.of(Long.parseLong(pid), Origin.ATTACH));
            }
        } catch (Throwable e) {
            failures.accept(e);
        }
    }

    /** The advice; a constructor that throws has attached to nothing. */
    static final class Constructed {
        private Constructed() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Hook.Target @Nullable Consumer<String> hook, @Advice.Argument(1) String pid) {
            Consumer<String> consumer = hook;
            if (consumer != null) {
                consumer.accept(pid);
            }
        }
    }
}
