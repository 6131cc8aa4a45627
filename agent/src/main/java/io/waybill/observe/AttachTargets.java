// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes the JVMs that this one attaches to. The class that does it is met when it loads its native library, during its
 * own initialization, and so before the first attach; it is never loaded for this.
 */
public final class AttachTargets implements AutoCloseable {
    private static final String TYPE = "sun.tools.attach.VirtualMachineImpl";
    private static final String LIBRARY = "attach";

    private final Weavings weavings;
    private final ProcessSink sink;
    private final Consumer<? super Throwable> failures;
    private @Nullable ReturnHook hook;

    /**
     * Makes it; nothing is observed until the library is loaded.
     *
     * @param sink called in the thread that attached
     * @param failures told what the sink threw, so that the application never sees it
     */
    public AttachTargets(Weavings weavings, ProcessSink sink, Consumer<? super Throwable> failures) {
        this.weavings = weavings;
        this.sink = sink;
        this.failures = failures;
    }

    /**
     * A library was loaded; if it is that of attach, its users are observed from here on.
     *
     * @param caller the class that loaded it
     * @throws IllegalStateException if the class cannot be instrumented
     */
    public void libraryLoaded(Class<?> caller, String library) {
        if (library.equals(LIBRARY) && caller.getName().equals(TYPE)) {
            weave(caller);
        }
    }

    @Override
    public synchronized void close() {
        if (hook != null) {
            hook.close();
        }
    }

    /** Once: what its class's initialization does, which is done once, no other thread does meanwhile. */
    private synchronized void weave(Class<?> caller) {
        if (hook != null) {
            return;
        }
        try {
            ReturnHook made =
                    ReturnHook.define(weavings, "WaybillAttach", (machine, pid) -> attached((String) pid), failures);
            made.weave(caller, 0, 2, "<init>("); // a constructor that throws has attached to nothing
            hook = made;
            weavings.apply();
        } catch (ReflectiveOperationException | IOException | LinkageError e) {
            throw new IllegalStateException("attach cannot be observed: " + e, e);
        }
    }

    private void attached(String pid) {
        sink.observed(Observation.of(Long.parseLong(pid), Origin.ATTACH));
    }
}
