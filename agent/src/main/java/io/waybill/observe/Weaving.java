// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;

/**
 * Advice woven into one class of the JDK, until it is closed.
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
     * Weaves advice into a class.
     *
     * @param type a class of the JDK
     */
    static Weaving into(Class<?> type, AsmVisitorWrapper advice, Instrumentation instrumentation)
            throws IOException, ClassNotFoundException, UnmodifiableClassException {
        byte[] original = read(type);
        byte[] woven = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .decorate(type, ClassFileLocator.Simple.of(type.getName(), original))
                .visit(advice)
                .make()
                .getBytes();
        instrumentation.redefineClasses(new ClassDefinition(type, woven));
        return new Weaving(instrumentation, type, original);
    }

    /** Gives the class back the code that the JDK has for it. */
    @Override
    public void close() throws ClassNotFoundException, UnmodifiableClassException {
        instrumentation.redefineClasses(new ClassDefinition(type, original));
    }

    private static byte[] read(Class<?> type) throws IOException {
        String file = TypeDescription.ForLoadedType.of(type).getInternalName();
        try (InputStream in = type.getResourceAsStream('/' + file + ".class")) {
            if (in == null) {
                throw new IOException("no class file of " + type.getName());
            }
            return in.readAllBytes();
        }
    }
}
