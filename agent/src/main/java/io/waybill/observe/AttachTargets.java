// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes the JVMs that this one attaches to. The class that does it is met when it loads its native library, during its
 * own initialization, and so before the first attach, or among those that were loaded earlier; it is never loaded for this.
 */
public final class AttachTargets implements AutoCloseable {
    private static final String TYPE = "sun.tools.attach.VirtualMachineImpl";
    private static final String LIBRARY = "attach";

    private final Weavings weavings;
    private final ProcessSink sink;
    private final Consumer<? super Throwable> failures;
    private @Nullable ReturnHook hook;
    private boolean closed;

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
        if (library.equals(LIBRARY)) {
            lookAt(caller);
            weavings.apply();
        }
    }

    /**
     * Looks whether a class that was loaded before anybody told of it is the one that attaches. If so, its users are
     * observed from when the weavings are applied.
     *
     * @throws IllegalStateException if the class cannot be instrumented
     */
    public void lookAt(Class<?> loaded) {
        if (loaded.getName().equals(TYPE)) {
            weave(loaded);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (hook != null) {
            hook.close();
        }
    }

    /** Once: what its class's initialization does, which is done once, no other thread does meanwhile. */
    private synchronized void weave(Class<?> caller) {
        if (hook != null || closed) {
            return;
        }
        try {
            hook = ReturnHook.define(weavings, "WaybillAttach", (machine, pid) -> attached((String) pid), failures);
            hook.weave(caller, 0, 2, "<init>("); // a constructor that throws has attached to nothing
        } catch (ReflectiveOperationException | IOException | LinkageError e) {
            throw new IllegalStateException("attach cannot be observed: " + e, e);
        }
    }

    private void attached(String pid) {
        sink.observed(Observation.of(Long.parseLong(pid), Origin.ATTACH));
    }
}
