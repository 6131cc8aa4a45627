// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Code woven into classes, until it is closed. What belongs together is put in place at once, and all of it taken away at
 * once: for each redefinition the JVM stops all threads, the longer the more classes are loaded
 * (AdjustAndCleanMetadata of jvmtiRedefineClasses.cpp).
 *
 * <p>Done by redefinition from the class file in the runtime image, not by a transformer that stays: as long as there is
 * a transformer, the JVM fetches the class file of every class that it takes from its shared archive. Agents that
 * retransform, before or after, do so on top of this.
 */
public final class Weavings implements AutoCloseable {
    private final Instrumentation instrumentation;
    private final List<Woven> waiting = new ArrayList<>();
    private final List<Woven> applied = new ArrayList<>();
    private boolean closed;

    /** Makes it, with nothing woven. */
    public Weavings(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    Instrumentation instrumentation() {
        return instrumentation;
    }

    /**
     * Weaves into a class, which is the same until {@link #apply()}.
     *
     * @param type a class of the JDK, or of the application
     * @param weaver makes the new class file of the one there is
     */
    void add(Class<?> type, UnaryOperator<byte[]> weaver) throws IOException {
        byte[] original = type.getModule().isNamed() ? read(type) : ClassFiles.of(type, instrumentation);
        Woven woven = new Woven(new ClassDefinition(type, original), new ClassDefinition(type, weaver.apply(original)));
        synchronized (waiting) {
            waiting.add(woven);
        }
    }

    /**
     * Puts what was woven in place.
     *
     * @throws IllegalStateException if this JVM does not let the classes be instrumented
     */
    public void apply() {
        List<Woven> taken = take(waiting);
        redefine(taken, Woven::after);
        boolean late;
        synchronized (applied) {
            applied.addAll(taken);
            late = closed;
        }
        if (late) {
            close();
        }
    }

    /** Gives the classes back the code that they had. */
    @Override
    public void close() {
        synchronized (applied) {
            closed = true;
        }
        redefine(take(applied), Woven::before);
    }

    private static List<Woven> take(List<Woven> from) {
        synchronized (from) {
            List<Woven> taken = List.copyOf(from);
            from.clear();
            return taken;
        }
    }

    /** Without a lock: other agents' transformers have a say in it. */
    private void redefine(List<Woven> classes, Function<Woven, ClassDefinition> state) {
        if (classes.isEmpty()) {
            return;
        }
        try {
            instrumentation.redefineClasses(classes.stream().map(state).toArray(ClassDefinition[]::new));
        } catch (ClassNotFoundException | UnmodifiableClassException | LinkageError e) {
            String names = classes.stream()
                    .map(each -> each.before().getDefinitionClass().getName())
                    .collect(Collectors.joining(", "));
            throw new IllegalStateException(names + " cannot be redefined: " + e, e);
        }
    }

    private static byte[] read(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/');
        try (InputStream in = type.getResourceAsStream('/' + file + ".class")) {
            if (in == null) {
                throw new IOException("no class file of " + type.getName());
            }
            return in.readAllBytes();
        }
    }

    private record Woven(ClassDefinition before, ClassDefinition after) {}
}
