// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static net.bytebuddy.jar.asm.Opcodes.ACC_FINAL;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SUPER;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SYNTHETIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_VOLATILE;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A way from advice, in whatever class it runs, to an object of ours: a class in {@code java.lang}, which every class
 * loader finds, with one public static field of a type of the JDK.
 *
 * <pre>{@code
 * package java.lang;
 *
 * public final class WaybillScopes {
 *     public static volatile BiFunction hook;
 * }
 * }</pre>
 *
 * <p>The class stays for as long as the JVM runs; {@link #close()} empties the field.
 */
final class Hook<T> implements AutoCloseable {
    static final String FIELD = "hook";

    private final Field field;

    private Hook(Field field) {
        this.field = field;
    }

    /** Marks the parameter of an advice method that stands for the field; null after the agent was stopped. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Target {}

    /**
     * Defines the class where there is none from an earlier start, and fills the field.
     *
     * @param name the simple name of the class
     * @param type the type of the field, one of java.base
     */
    static <T> Hook<T> define(Instrumentation instrumentation, String name, Class<? super T> type, T target)
            throws ReflectiveOperationException {
        return define(instrumentation, name, type, target, writer -> {});
    }

    /**
     * The same with more in the class than the field.
     *
     * @param members writes the rest
     */
    static <T> Hook<T> define(
            Instrumentation instrumentation,
            String name,
            Class<? super T> type,
            T target,
            Consumer<? super ClassWriter> members)
            throws ReflectiveOperationException {
        Field field = holder(instrumentation, name, type, members).getField(FIELD);
        if (field.getType() != type) {
            throw new NoSuchFieldException(field + " instead of one of type " + type.getName());
        }
        Hook<T> hook = new Hook<>(field);
        hook.set(target);
        return hook;
    }

    /** The class. */
    Class<?> holder() {
        return field.getDeclaringClass();
    }

    /** The way to start advice whose {@link Target} parameter is this hook's field. */
    Advice.WithCustomMapping advice() {
        return Advice.withCustomMapping().bind(Target.class, field);
    }

    @Override
    public void close() throws IllegalAccessException {
        set(null);
    }

    private void set(@Nullable T target) throws IllegalAccessException {
        field.set(null, target);
    }

    private static Class<?> holder(
            Instrumentation instrumentation, String name, Class<?> type, Consumer<? super ClassWriter> members)
            throws ReflectiveOperationException {
        try {
            return Class.forName("java.lang." + name, true, null);
        } catch (ClassNotFoundException e) {
            Module javaBase = Object.class.getModule();
            Module own = Hook.class.getModule();
            instrumentation.redefineModule(
                    javaBase, Set.of(), Map.of(), Map.of("java.lang", Set.of(own)), Set.of(), Map.of());
            return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                    .defineClass(bytes("java/lang/" + name, type, members));
        }
    }

    private static byte[] bytes(String name, Class<?> type, Consumer<? super ClassWriter> members) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, name, null, "java/lang/Object", null);
        writer.visitField(ACC_PUBLIC | ACC_STATIC | ACC_VOLATILE, FIELD, Type.getDescriptor(type), null, null)
                .visitEnd();
        members.accept(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }
}
