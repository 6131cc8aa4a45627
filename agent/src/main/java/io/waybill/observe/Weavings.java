// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Code woven into classes. It stays there for as long as the JVM runs, and does nothing while no hook is filled: for each
 * redefinition the JVM stops all threads, the longer the more classes are loaded (AdjustAndCleanMetadata of
 * jvmtiRedefineClasses.cpp). For the same reason what belongs together is put in place at once, and what is there from an
 * earlier start is used again.
 *
 * <p>Done by redefinition from the class file in the runtime image, not by a transformer that stays: as long as there is
 * a transformer, the JVM fetches the class file of every class that it takes from its shared archive. Agents that
 * retransform, before or after, do so on top of this. A retransformation instead would be gone with the next one, by any
 * agent, which begins from the class file before it (jvmtiEnv.cpp, RetransformClasses); and what the JVM gives us to read in one
 * has the changes of other agents' transformers in it, which make them again when the class is redefined. So of a class of
 * the JDK the file is read, and what another agent has redefined it to before is lost.
 */
public final class Weavings {
    /** The classes that a hook is woven into, by whichever start; one hook each. */
    private static final Set<Class<?>> WOVEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Instrumentation instrumentation;
    private final Map<Class<?>, ClassDefinition> waiting = new LinkedHashMap<>();

    /** Makes it, with nothing more woven. */
    public Weavings(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    Instrumentation instrumentation() {
        return instrumentation;
    }

    /**
     * Weaves into a class, which is the same until {@link #apply()}; one that has its hook already is left as it is.
     *
     * @param type a class of the JDK, or of the application
     * @param weaver makes the new class file of the one there is
     * @throws IllegalStateException if that cannot be done
     */
    void add(Class<?> type, UnaryOperator<byte[]> weaver) throws IOException {
        if (WOVEN.contains(type)) {
            return;
        }
        byte[] original = type.getModule().isNamed() ? read(type) : ClassFiles.of(type, instrumentation);
        if (original.length == 0) {
            throw new IllegalStateException("the JVM does not give the class file of " + type.getName());
        }
        ClassDefinition woven = new ClassDefinition(type, woven(type, original, weaver));
        synchronized (waiting) {
            waiting.put(type, woven);
        }
    }

    private static byte[] woven(Class<?> type, byte[] original, UnaryOperator<byte[]> weaver) {
        try {
            return weaver.apply(original);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("the class file of " + type.getName() + " is of no known form: " + e, e);
        }
    }

    /**
     * Puts what was woven in place: all at once or, where the JVM refuses that, each class that it takes.
     *
     * @throws IllegalStateException if this JVM does not let some of the classes be instrumented
     */
    public void apply() {
        List<ClassDefinition> taken;
        synchronized (waiting) {
            taken = List.copyOf(waiting.values());
            waiting.clear();
        }
        List<String> failures = redefine(taken);
        if (!failures.isEmpty() && taken.size() > 1) {
            failures = taken.stream()
                    .flatMap(each -> redefine(List.of(each)).stream())
                    .toList();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(String.join("; ", failures));
        }
    }

    /** Without a lock: other agents' transformers have a say in it. What went wrong is in the list. */
    private List<String> redefine(List<ClassDefinition> classes) {
        if (classes.isEmpty()) {
            return List.of();
        }
        try {
            instrumentation.redefineClasses(classes.toArray(ClassDefinition[]::new));
        } catch (ClassNotFoundException
                | UnmodifiableClassException
                | UnsupportedOperationException
                | LinkageError
                | InternalError e) {
            return List.of(names(classes) + " cannot be redefined: " + e);
        }
        for (ClassDefinition each : classes) {
            WOVEN.add(each.getDefinitionClass());
        }
        return List.of();
    }

    private static String names(List<ClassDefinition> classes) {
        return classes.stream().map(each -> each.getDefinitionClass().getName()).collect(Collectors.joining(", "));
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
}
