// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Observes the children of this JVM, by whichever way of the JDK they are started.
 *
 * <p>{@code ProcessBuilder.start}, {@code startPipeline} and {@code Runtime.exec} all end in one method:
 *
 * <pre>{@code
 * private Process start(Redirect[] redirects) throws IOException {
 *     ...
 *     return ProcessImpl.start(cmdarray, environment, dir, redirects, redirectErrorStream);
 * }
 * }</pre>
 *
 * <p>which becomes:
 *
 * <pre>{@code
 * private Process start(Redirect[] redirects) throws IOException {
 *     ...
 *     Process process = ProcessImpl.start(cmdarray, environment, dir, redirects, redirectErrorStream);
 *     WaybillChildren.tell(this, process);
 *     return process;
 * }
 * }</pre>
 */
public final class ChildProcesses {
    private static final String METHOD = "start([Ljava/lang/ProcessBuilder$Redirect;)";

    private ChildProcesses() {}

    /**
     * Observes from when the weavings are applied. Children of the agent's own threads are left out.
     *
     * @param sink called in the thread that started the child
     * @param failures told what the sink threw, so that the application never sees it
     * @return ends it
     * @throws IllegalStateException if this JVM's {@link ProcessBuilder} cannot be instrumented
     */
    public static ReturnHook observe(Weavings weavings, ProcessSink sink, Consumer<? super Throwable> failures) {
        try {
            ReturnHook hook = ReturnHook.define(
                    weavings,
                    "WaybillChildren",
                    (builder, child) -> sink.observed(Observation.ofChild((Process) child)),
                    failures);
            hook.weave(ProcessBuilder.class, 0, ReturnWeaver.RETURNED, METHOD);
            return hook;
        } catch (ReflectiveOperationException | IOException | LinkageError e) {
            throw new IllegalStateException("ProcessBuilder.start cannot be observed: " + e, e);
        }
    }
}
