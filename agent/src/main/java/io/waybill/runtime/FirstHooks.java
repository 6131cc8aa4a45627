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
 * What is in place before the rest of the agent: the hooks, and the queue of the agent's thread, in which children that are
 * started early wait. The hooks come first so that no child is missed, and since the JVM stops all threads while it puts
 * them in, the longer the more classes are loaded: the agent's own come later.
 */
final class FirstHooks implements AutoCloseable {
    private static final int QUEUE_LIMIT = 8192;

    private final AgentThread thread;
    private final HookFailures failures;
    private final Weavings weavings;
    private volatile Consumer<Observation> look = observation -> {};
    private volatile Consumer<Object> peers = channel -> {};
    private @Nullable ReturnHook children;
    private @Nullable LateObservers late;

    private FirstHooks(Instrumentation instrumentation, Complaints complaints) {
        this.failures = new HookFailures(complaints);
        this.weavings = new Weavings(instrumentation);
        this.thread = new AgentThread(
                QUEUE_LIMIT, failure -> complaints.tell("an error in the agent, which goes on: " + failure));
    }

    /**
     * Puts them in place, with a thread that does not run yet.
     *
     * @param attached whether the application runs already, and may have loaded what {@link #lookBack()} looks for: then it is
     *     looked for before, too, so that all hooks are put in at once
     */
    static FirstHooks set(Settings settings, Instrumentation instrumentation, boolean attached, Complaints complaints) {
        FirstHooks first = new FirstHooks(instrumentation, complaints);
        boolean set = false;
        try {
            first.weave(settings, attached, complaints);
            set = true;
            return first;
        } finally {
            if (!set) {
                first.close();
            }
        }
    }

    private void weave(Settings settings, boolean attached, Complaints complaints) {
        if (settings.isOn(Setting.CHILDREN)) {
            try {
                children = ChildProcesses.observe(weavings, this::observed, failures);
            } catch (IllegalStateException e) {
                complaints.tell(e.getMessage() + "; children are found in /proc only");
            }
        }
        late = LateObservers.begin(settings, weavings, this::accepted, this::observed, failures, thread, complaints);
        if (attached) {
            late.lookBack();
        }
        try {
            weavings.apply();
        } catch (IllegalStateException e) {
            complaints.tell(e.getMessage() + "; what happens there is found in /proc only");
        }
    }

    AgentThread thread() {
        return thread;
    }

    HookFailures failures() {
        return failures;
    }

    /**
     * From now on what was observed is looked at; to be called before the agent's thread runs.
     *
     * @param processes looks at a process, in the agent's thread
     * @param channels is told of accepted channels, in the application's threads
     */
    void leadTo(Consumer<Observation> processes, Consumer<Object> channels) {
        look = processes;
        peers = channels;
    }

    /** Takes note of a process; in the application's threads. */
    void observed(Observation observation) {
        thread.execute(() -> look.accept(observation));
    }

    private void accepted(Object channel) {
        peers.accept(channel);
    }

    /** Looks for what was loaded while the hooks were put in place, and has not been met. */
    void lookBack() {
        if (late != null) {
            late.lookBack();
            weavings.apply();
        }
    }

    @Override
    public void close() {
        thread.close();
        if (late != null) {
            late.close();
        }
        if (children != null) {
            children.close();
        }
    }
}
