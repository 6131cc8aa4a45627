// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.function.UnaryOperator;

/**
 * Code woven into one class, until it is closed.
 *
 * <p>Done by redefinition from the class file in the runtime image, not by a transformer that stays: as long as there is
 * a transformer, the JVM fetches the class file of every class that it takes from its shared archive. Agents that
 * retransform, before or after, do so on top of this.
 */
final class Weaving implements AutoCloseable {
    private final Instrumentation instrumentation;
    private final Class<?> type;
    private final byte[] original;

    private Weaving(Instrumentation instrumentation, Class<?> type, byte[] original) {
        this.instrumentation = instrumentation;
        this.type = type;
        this.original = original;
    }

    /**
     * Weaves into a class.
     *
     * @param type a class of the JDK, or of the application
     * @param weaver makes the new class file of the one there is
     */
    static Weaving into(Class<?> type, UnaryOperator<byte[]> weaver, Instrumentation instrumentation)
            throws IOException, ClassNotFoundException, UnmodifiableClassException {
        byte[] original = type.getModule().isNamed() ? read(type) : ClassFiles.of(type, instrumentation);
        instrumentation.redefineClasses(new ClassDefinition(type, weaver.apply(original)));
        return new Weaving(instrumentation, type, original);
    }

    /** Gives the class back the code that it had. */
    @Override
    public void close() throws ClassNotFoundException, UnmodifiableClassException {
        instrumentation.redefineClasses(new ClassDefinition(type, original));
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
