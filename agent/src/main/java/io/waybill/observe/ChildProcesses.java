// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

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
 *     Consumer consumer = WaybillChildren.hook;
 *     if (consumer != null) {
 *         consumer.accept(process);
 *     }
 *     return process;
 * }
 * }</pre>
 */
public final class ChildProcesses implements AutoCloseable {
    private final Hook<Consumer<Process>> hook;
    private final Weaving weaving;

    private ChildProcesses(Hook<Consumer<Process>> hook, Weaving weaving) {
        this.hook = hook;
        this.weaving = weaving;
    }

    /**
     * Begins to observe. Children of the agent's own threads are left out.
     *
     * @param sink called in the thread that started the child
     * @param failures told what the sink threw, so that the application never sees it
     * @throws IllegalStateException if this JVM's {@link ProcessBuilder} cannot be instrumented
     */
    public static ChildProcesses observe(
            Instrumentation instrumentation, ProcessSink sink, Consumer<? super Throwable> failures) {
        try {
            Method start = ProcessBuilder.class.getDeclaredMethod("start", ProcessBuilder.Redirect[].class);
            Hook<Consumer<Process>> hook =
                    Hook.define(instrumentation, "WaybillChildren", Consumer.class, new Children(sink, failures));
            AsmVisitorWrapper advice = hook.advice().to(Started.class).on(ElementMatchers.is(start));
            return new ChildProcesses(hook, Weaving.into(ProcessBuilder.class, advice, instrumentation));
        } catch (ReflectiveOperationException | IOException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("ProcessBuilder.start cannot be observed: " + e, e);
        }
    }

    /** Ends it: the hook is emptied, and ProcessBuilder is what it was. */
    @Override
    public void close() {
        try {
            hook.close();
            weaving.close();
        } catch (ReflectiveOperationException | UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException("ProcessBuilder.start cannot be restored: " + e, e);
        }
    }

    /** What the hook leads to. */
    private record Children(ProcessSink sink, Consumer<? super Throwable> failures) implements Consumer<Process> {
        @Override
        public void accept(Process child) {
            try {
                if (!AgentThreads.isCurrent()) {
                    sink.observed(Observation.ofChild(child));
                }
            } catch (Throwable e) {
                failures.accept(e);
            }
        }
    }

    /** The advice; reads the field once, since it may be emptied at any time. */
    static final class Started {
        private Started() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Hook.Target @Nullable Consumer<Process> hook, @Advice.Return Process child) {
            Consumer<Process> consumer = hook;
            if (consumer != null) {
                consumer.accept(child);
            }
        }
    }
}
