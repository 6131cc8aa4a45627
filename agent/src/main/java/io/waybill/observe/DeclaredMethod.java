// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import io.waybill.scope.PidPath;
import io.waybill.scope.ScopeDeclaration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A declaration at work: what it matched, and how it fares. */
public final class DeclaredMethod {
    private final int id;
    private final ScopeDeclaration declaration;
    private final PidPath path;
    private final String origin;
    private final Set<String> methods = new ConcurrentSkipListSet<>();
    private final LongAdder opened = new LongAdder();
    private volatile String problem = "";

    DeclaredMethod(int id, ScopeDeclaration declaration, Consumer<Class<?>> opener) {
        this.id = id;
        this.declaration = declaration;
        this.path = new PidPath(declaration.path(), opener);
        this.origin = declaration.type() + "#" + declaration.method();
    }

    /** What was declared. */
    public ScopeDeclaration declaration() {
        return declaration;
    }

    /** The methods that work in a scope now, as {@code name(types)}. */
    public Set<String> methods() {
        return methods;
    }

    /** How many scopes they have opened. */
    public long opened() {
        return opened.sum();
    }

    /** What is wrong with it; empty if nothing is known to be. */
    public String problem() {
        return problem;
    }

    int id() {
        return id;
    }

    PidPath path() {
        return path;
    }

    String origin() {
        return origin;
    }

    /** A class was found that has this method. */
    void matched(String signature) {
        methods.add(signature);
        problem = "";
    }

    void countOpened() {
        opened.increment();
    }

    /** Something is wrong, which is told unless it was told just before. */
    void wrong(String what, Consumer<? super String> complaints) {
        if (!what.equals(problem)) {
            problem = what;
            complaints.accept("scope " + declaration + ": " + what);
        }
    }
}
