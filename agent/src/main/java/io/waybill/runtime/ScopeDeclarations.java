// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.AgentThreads;
import io.waybill.observe.DeclaredMethod;
import io.waybill.observe.DeclaredMethods;
import io.waybill.observe.OwnRights;
import io.waybill.observe.ScopeOpener;
import io.waybill.publish.DeclarationInfo;
import io.waybill.publish.DeclaredScopes;
import io.waybill.publish.RecordedScopes;
import io.waybill.scope.ScopeDeclaration;
import io.waybill.scope.ScopeGrammar;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The methods that the user declared to work in scopes, at the start and through JMX. */
final class ScopeDeclarations implements DeclaredScopes, AutoCloseable {
    private final DeclaredMethods methods;
    private final Duration patience;
    private final Consumer<String> complaints;
    private @Nullable Thread waiting;

    private ScopeDeclarations(DeclaredMethods methods, Duration patience, Consumer<String> complaints) {
        this.methods = methods;
        this.patience = patience;
        this.complaints = complaints;
    }

    /**
     * Declares what the settings say, takes more from then on, and shows itself as a bean; without the flight recorder,
     * does nothing.
     *
     * @param failures is told what goes wrong in an instrumented method
     */
    static AutoCloseable begin(
            Settings settings,
            Instrumentation instrumentation,
            Publishers publishers,
            Consumer<Throwable> failures,
            Complaints complaints) {
        RecordedScopes scopes = publishers.scopes();
        if (scopes == null) {
            if (!settings.text(Setting.SCOPE).isEmpty()) {
                complaints.tell("scope needs the flight recorder: the module jdk.jfr, and jfr=on");
            }
            return () -> {};
        }
        DeclaredMethods methods = new DeclaredMethods(instrumentation, new Opener(scopes), failures, complaints::tell);
        Duration patience = settings.time(Setting.SCOPE_WAIT).orElseThrow();
        ScopeDeclarations declarations = new ScopeDeclarations(methods, patience, complaints::tell);
        publishers.show(declarations);
        for (ScopeDeclaration each :
                ScopeGrammar.parse(settings.text(Setting.SCOPE), problem -> complaints.tell("scope " + problem))) {
            try {
                declarations.add(each);
            } catch (IllegalArgumentException | IllegalStateException e) {
                complaints.tell("scope " + each + ": " + e.getMessage());
            }
        }
        return declarations;
    }

    @Override
    public List<DeclarationInfo> declarations() {
        return methods.declared().stream().map(ScopeDeclarations::info).toList();
    }

    @Override
    public void add(String declaration) {
        add(ScopeDeclaration.parse(declaration.strip()));
    }

    @Override
    public boolean remove(String declaration) {
        return methods.remove(ScopeDeclaration.parse(declaration.strip()));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (waiting != null) {
                waiting.interrupt();
                waiting = null;
            }
        }
        methods.close();
    }

    private void add(ScopeDeclaration declaration) {
        methods.add(declaration);
        synchronized (this) {
            if (waiting == null) {
                waiting = AgentThreads.of("scopes", this::tellOfUnmatched);
                ReaderThread.start(
                        waiting,
                        "declarations that match nothing",
                        "these are not told of",
                        () -> waiting = null,
                        complaints);
            }
        }
    }

    /** What is declared meanwhile has its class loaded or not like the others: it is told of no sooner than it is true. */
    private void tellOfUnmatched() {
        try {
            Thread.sleep(patience.toMillis());
            synchronized (this) {
                waiting = null;
            }
            methods.tellOfUnmatched();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent stops
        }
    }

    private static DeclarationInfo info(DeclaredMethod method) {
        return new DeclarationInfo(
                method.declaration().toString(),
                String.join(", ", method.methods()),
                method.opened(),
                method.problem());
    }

    private record Opener(RecordedScopes scopes) implements ScopeOpener {
        @Override
        public boolean isWanted() {
            return scopes.areWanted();
        }

        @Override
        public @Nullable AutoCloseable open(long pid, String origin) {
            return OwnRights.closing(scopes.open(pid, origin));
        }
    }
}
