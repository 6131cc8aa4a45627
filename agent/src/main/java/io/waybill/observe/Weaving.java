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
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.pool.TypePool;

/**
 * Advice woven into one class, until it is closed.
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
     * @param type a class of the JDK, or of the application
     */
    static Weaving into(Class<?> type, AsmVisitorWrapper advice, Instrumentation instrumentation)
            throws IOException, ClassNotFoundException, UnmodifiableClassException {
        boolean isOfTheJdk = type.getModule().isNamed();
        byte[] original = isOfTheJdk ? read(type) : ClassFiles.of(type, instrumentation);
        byte[] woven = isOfTheJdk ? weave(type, original, advice) : weave(type.getName(), original, advice);
        instrumentation.redefineClasses(new ClassDefinition(type, woven));
        return new Weaving(instrumentation, type, original);
    }

    /** Gives the class back the code that it had. */
    @Override
    public void close() throws ClassNotFoundException, UnmodifiableClassException {
        instrumentation.redefineClasses(new ClassDefinition(type, original));
    }

    private static byte[] weave(Class<?> type, byte[] original, AsmVisitorWrapper advice) {
        return new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .decorate(type, ClassFileLocator.Simple.of(type.getName(), original))
                .visit(advice)
                .make()
                .getBytes();
    }

    /** Of a class of the application, without loading what it refers to. */
    private static byte[] weave(String name, byte[] original, AsmVisitorWrapper advice) {
        ClassFileLocator file = ClassFileLocator.Simple.of(name, original);
        TypePool pool = TypePool.Default.WithLazyResolution.of(file);
        return new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .decorate(pool.describe(name).resolve(), file)
                .visit(advice)
                .make(TypeResolutionStrategy.Passive.INSTANCE, pool)
                .getBytes();
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
