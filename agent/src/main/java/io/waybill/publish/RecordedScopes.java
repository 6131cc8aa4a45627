// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerScope;
import io.waybill.api.Resolution;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.resolve.ContainerResolver;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens scopes that write themselves into the flight recording when they end. */
public final class RecordedScopes {
    /** The version of names of an answer that was given some time before. */
    private static final int OLD_NAMES = -1;

    private final ContainerResolver resolver;
    private final RecordedResolver recorded;
    private final Recording recording;
    private final Consumer<Resolution> met;
    private final Consumer<? super Throwable> failures;

    /**
     * Makes it.
     *
     * @param met is told of the process of each scope, in the thread that opens it
     * @param failures is told what goes wrong at the end of one, which the application does not see
     */
    public RecordedScopes(
            ContainerResolver resolver,
            Recording recording,
            Consumer<Resolution> met,
            Consumer<? super Throwable> failures) {
        this.resolver = resolver;
        this.recorded = new RecordedResolver(resolver, recording);
        this.recording = recording;
        this.met = met;
        this.failures = failures;
    }

    /** Whether a recording wants scopes now. */
    public boolean areWanted() {
        return recording.inUse() && new ContainerScopeEvent().isEnabled();
    }

    /**
     * Opens one in the calling thread.
     *
     * @param origin who opened it
     * @return null where no recording wants it
     */
    public @Nullable ContainerScope open(long pid, String origin) {
        ContainerScopeEvent event = begin();
        if (event == null) {
            return null;
        }
        int names = resolver.namesVersion();
        Resolution resolution = recorded.resolveForScope(pid);
        met.accept(resolution);
        return new Open(this, event, resolution, names, origin);
    }

    /** Opens one in the calling thread for a process that was resolved before. */
    public @Nullable ContainerScope open(Resolution resolution, String origin) {
        ContainerScopeEvent event = begin();
        return event == null ? null : new Open(this, event, resolution, OLD_NAMES, origin);
    }

    /** With the event switched off, or no recording running, null. */
    private @Nullable ContainerScopeEvent begin() {
        if (!recording.inUse()) {
            return null;
        }
        ContainerScopeEvent event = new ContainerScopeEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** A scope of one thread; whoever takes the event out of it ends it. */
    private static final class Open implements ContainerScope {
        private final RecordedScopes scopes;
        private final AtomicReference<@Nullable ContainerScopeEvent> open;
        private final Resolution resolution;
        private final int names;
        private final String origin;
        private final Thread opener = Thread.currentThread();

        Open(RecordedScopes scopes, ContainerScopeEvent event, Resolution resolution, int names, String origin) {
            this.scopes = scopes;
            this.open = new AtomicReference<>(event);
            this.resolution = resolution;
            this.names = names;
            this.origin = origin;
        }

        @Override
        public void close() {
            ContainerScopeEvent event = open.getAndSet(null);
            if (event == null) {
                return;
            }
            try {
                end(event);
            } catch (Throwable e) {
                scopes.failures.accept(e);
            }
        }

        /** The name is looked up at the end, since the agent may read it while the scope is open. */
        private void end(ContainerScopeEvent begun) {
            ContainerScopeEvent event = begun;
            boolean elsewhere = Thread.currentThread() != opener;
            if (elsewhere) {
                event = new ContainerScopeEvent(); // never begun, so no context for this thread's work
            } else {
                event.end();
            }
            if (event.shouldCommit()) {
                Resolution named = names == scopes.resolver.namesVersion()
                        ? resolution
                        : scopes.resolver.withKnownName(resolution);
                AnswerEvents.scope(event, named, origin, elsewhere);
            }
        }
    }
}
