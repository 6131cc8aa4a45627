// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.ChildProcesses;
import io.waybill.observe.Observation;
import io.waybill.observe.ReturnHook;
import io.waybill.observe.Weavings;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in place before the rest of the agent: the hook for children, and the queue of the agent's thread, in which those
 * that are started early wait.
 */
final class FirstHook implements AutoCloseable {
    private static final int QUEUE_LIMIT = 8192;

    private final AgentThread thread;
    private final HookFailures failures;
    private final Weavings weavings;
    private volatile Consumer<Observation> look = observation -> {};
    private @Nullable ReturnHook children;

    private FirstHook(Instrumentation instrumentation, Complaints complaints) {
        this.failures = new HookFailures(complaints);
        this.weavings = new Weavings(instrumentation);
        this.thread = new AgentThread(
                QUEUE_LIMIT, failure -> complaints.tell("an error in the agent, which goes on: " + failure));
    }

    /** Puts it in place, with a thread that does not run yet. */
    static FirstHook set(Settings settings, Instrumentation instrumentation, Complaints complaints) {
        FirstHook first = new FirstHook(instrumentation, complaints);
        if (settings.isOn(Setting.CHILDREN)) {
            try {
                first.children = ChildProcesses.observe(first.weavings, first::observed, first.failures);
                first.weavings.apply();
            } catch (IllegalStateException e) {
                complaints.tell(e.getMessage() + "; children are found in /proc only");
            }
        }
        return first;
    }

    AgentThread thread() {
        return thread;
    }

    /** What is woven into classes for this hook and others, until this one is closed. */
    Weavings weavings() {
        return weavings;
    }

    HookFailures failures() {
        return failures;
    }

    /** From now on what was observed is looked at, in the agent's thread; to be called before that runs. */
    void leadTo(Consumer<Observation> action) {
        look = action;
    }

    /** Takes note of a process; in the application's threads. */
    void observed(Observation observation) {
        thread.execute(() -> look.accept(observation));
    }

    @Override
    public void close() {
        thread.close();
        if (children != null) {
            children.close();
        }
        weavings.close();
    }
}
