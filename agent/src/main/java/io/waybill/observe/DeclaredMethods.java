// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import io.waybill.scope.ScopeDeclaration;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declared methods, each of which works in a scope while it runs: those of classes that are loaded, and of classes that
 * will be. As long as nothing is declared, nothing is instrumented and no transformer installed.
 */
public final class DeclaredMethods implements AutoCloseable {
    private final Instrumentation instrumentation;
    private final ScopeOpener scopes;
    private final Consumer<? super Throwable> failures;
    private final Consumer<? super String> complaints;
    private final List<DeclaredMethod> declared = new CopyOnWriteArrayList<>();
    private volatile DeclaredMethod[] byId = new DeclaredMethod[0];
    private @Nullable Hook<BiFunction<Integer, @Nullable Object, @Nullable AutoCloseable>> hook;
    private @Nullable ScopeTransformer transformer;
    private boolean closed;

    /**
     * Makes it, with nothing declared.
     *
     * @param failures is told what goes wrong in an instrumented method
     * @param complaints is told, once for each declaration, what is wrong with it
     */
    public DeclaredMethods(
            Instrumentation instrumentation,
            ScopeOpener scopes,
            Consumer<? super Throwable> failures,
            Consumer<? super String> complaints) {
        this.instrumentation = instrumentation;
        this.scopes = scopes;
        this.failures = failures;
        this.complaints = complaints;
    }

    /**
     * Declares a method; declared again, it changes nothing.
     *
     * @throws IllegalArgumentException if it is a method of {@code java.*}
     * @throws IllegalStateException if this JVM does not let methods be instrumented, or the agent has stopped
     */
    public synchronized void add(ScopeDeclaration declaration) {
        if (declaration.type().startsWith("java.")) {
            throw new IllegalArgumentException("a method of java.* cannot be declared: the agent calls them itself");
        }
        if (closed) {
            throw new IllegalStateException("the agent has stopped");
        }
        if (find(declaration) != null) {
            return;
        }
        DeclaredMethod[] more = Stream.concat(
                        Stream.of(byId),
                        Stream.of(new DeclaredMethod(byId.length, declaration, new ModuleOpener(instrumentation))))
                .toArray(DeclaredMethod[]::new);
        try {
            ScopeTransformer installed = install();
            byId = more;
            declared.add(more[more.length - 1]);
            installed.declare(declared);
            retransform(Set.of(declaration.type()));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("methods cannot be declared here: " + e, e);
        }
    }

    /** Takes a declaration back; false if there is none. */
    public synchronized boolean remove(ScopeDeclaration declaration) {
        DeclaredMethod found = find(declaration);
        if (found == null || transformer == null) {
            return false;
        }
        declared.remove(found);
        transformer.declare(declared);
        if (declared.isEmpty()) {
            instrumentation.removeTransformer(transformer);
            transformer = null;
        }
        retransform(Set.of(declaration.type()));
        return true;
    }

    /** All that is declared. */
    public List<DeclaredMethod> declared() {
        return List.copyOf(declared);
    }

    /** Tells of each declaration that has matched no method so far, with the nearest there are. */
    public void tellOfUnmatched() {
        for (DeclaredMethod each : declared) {
            if (each.methods().isEmpty()) {
                each.wrong(NearestMethods.to(each.declaration(), instrumentation), complaints);
            }
        }
    }

    /** Ends it: the hook is emptied, and the classes are what they were. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (hook != null) {
                hook.close();
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the hook of scopes cannot be emptied: " + e, e);
        }
        if (transformer != null) {
            instrumentation.removeTransformer(transformer);
            transformer = null;
            retransform(Set.copyOf(
                    declared.stream().map(each -> each.declaration().type()).toList()));
        }
    }

    private @Nullable DeclaredMethod find(ScopeDeclaration declaration) {
        return declared.stream()
                .filter(each -> each.declaration().equals(declaration))
                .findFirst()
                .orElse(null);
    }

    private ScopeTransformer install() throws ReflectiveOperationException {
        if (hook == null) {
            hook = Hook.define(instrumentation, "WaybillScopes", BiFunction.class, this::enter);
        }
        if (transformer == null) {
            transformer = new ScopeTransformer(new ScopeWeaver(hook), complaints);
            instrumentation.addTransformer(transformer, true);
        }
        return transformer;
    }

    private void retransform(Set<String> types) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> each : LoadedClasses.of(instrumentation)) {
            if (types.contains(each.getName()) && instrumentation.isModifiableClass(each)) {
                loaded.add(each);
            }
        }
        try {
            if (!loaded.isEmpty()) {
                instrumentation.retransformClasses(loaded.toArray(Class<?>[]::new));
            }
        } catch (UnmodifiableClassException | UnsupportedOperationException | LinkageError | InternalError e) {
            // the last is what the JVM has for a class that cannot be initialized (jvmtiEnv.cpp, RetransformClasses)
            complaints.accept("scopes of " + String.join(", ", types) + " cannot be changed: " + e);
        }
    }

    /** What the hook leads to. */
    private @Nullable AutoCloseable enter(Integer id, @Nullable Object subject) {
        try {
            if (!scopes.isWanted()) {
                return null;
            }
            return OwnRights.with(() -> open(byId[id], subject));
        } catch (Throwable e) {
            failures.accept(e);
            return null;
        }
    }

    private @Nullable AutoCloseable open(DeclaredMethod method, @Nullable Object subject) {
        OptionalLong pid = pidOf(method, subject);
        if (pid.isEmpty()) {
            return null;
        }
        AutoCloseable scope = scopes.open(pid.getAsLong(), method.origin());
        method.countOpened();
        return scope;
    }

    private OptionalLong pidOf(DeclaredMethod method, @Nullable Object subject) {
        try {
            return method.path().pidOf(subject);
        } catch (Throwable e) {
            method.wrong("no pid in an argument: " + e.getMessage(), complaints);
            return OptionalLong.empty();
        }
    }
}
