// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_STATIC;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.F_SAME1;
import static net.bytebuddy.jar.asm.Opcodes.GETSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IFNULL;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import java.io.IOException;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Tells of methods that return, with two of the values that they hold then: one call in front of each return, of a class in
 * {@code java.lang} that is made for it.
 *
 * <pre>{@code
 * package java.lang;
 *
 * public final class WaybillChildren {
 *     public static volatile BiConsumer hook;
 *
 *     public static void tell(Object first, Object second) {
 *         try {
 *             if (hook != null) {
 *                 hook.accept(first, second); // the field is read once: it may be emptied at any time
 *             }
 *         } catch (Throwable e) {
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>What is woven has no branch of its own, so it needs no more than a pass over the class file, and nothing of what advice
 * for declared methods needs is loaded for it. A method that throws is not told of.
 */
public final class ReturnHook implements AutoCloseable {
    static final String METHOD = "tell";
    static final String SIGNATURE = "(Ljava/lang/Object;Ljava/lang/Object;)V";

    private final Weavings weavings;
    private final Hook<BiConsumer<Object, Object>> hook;
    private final String holder;

    private ReturnHook(Weavings weavings, Hook<BiConsumer<Object, Object>> hook, String holder) {
        this.weavings = weavings;
        this.hook = hook;
        this.holder = holder;
    }

    /**
     * Defines the class, or finds that of an earlier start; nothing is woven yet.
     *
     * @param weavings holds what is woven for it, which stays for as long as they do
     * @param name the simple name of the class
     * @param target is told in the application's threads, but not in the agent's; the values may be null
     * @param failures is told what the target threw, so that the application never sees it
     */
    static ReturnHook define(
            Weavings weavings, String name, BiConsumer<Object, Object> target, Consumer<? super Throwable> failures)
            throws ReflectiveOperationException {
        String holder = "java/lang/" + name;
        Hook<BiConsumer<Object, Object>> hook = Hook.define(
                weavings.instrumentation(),
                name,
                BiConsumer.class,
                new Guarded(target, failures),
                writer -> writeMethod(writer, holder));
        hook.holder().getMethod(METHOD, Object.class, Object.class);
        return new ReturnHook(weavings, hook, holder);
    }

    /**
     * Tells when methods of a class return, from when the weavings are applied.
     *
     * @param first the local variable to tell of, where 0 is the object itself, or {@link ReturnWeaver#RETURNED}
     * @param second likewise
     * @param methods how the methods' names and descriptors begin; those that the compiler made as bridges are left out
     */
    void weave(Class<?> type, int first, int second, String... methods) throws IOException {
        ReturnWeaver weaver = new ReturnWeaver(holder, first, second, List.of(methods));
        weavings.add(type, weaver::weave);
    }

    /** Empties the field: nothing is told any more. */
    @Override
    public void close() {
        try {
            hook.close();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field of " + holder + " cannot be emptied: " + e, e);
        }
    }

    private static void writeMethod(ClassWriter writer, String holder) {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, METHOD, SIGNATURE, null, null);
        Label begin = new Label();
        Label none = new Label();
        Label end = new Label();
        Label handler = new Label();
        code.visitCode();
        code.visitTryCatchBlock(begin, end, handler, "java/lang/Throwable");
        code.visitLabel(begin);
        code.visitFieldInsn(GETSTATIC, holder, Hook.FIELD, "Ljava/util/function/BiConsumer;");
        code.visitInsn(DUP);
        code.visitJumpInsn(IFNULL, none);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitMethodInsn(INVOKEINTERFACE, "java/util/function/BiConsumer", "accept", SIGNATURE, true);
        code.visitLabel(end);
        code.visitInsn(RETURN);
        code.visitLabel(none);
        code.visitFrame(F_SAME1, 0, null, 1, new Object[] {"java/util/function/BiConsumer"});
        code.visitInsn(POP);
        code.visitInsn(RETURN);
        code.visitLabel(handler);
        code.visitFrame(F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
        code.visitInsn(POP);
        code.visitInsn(RETURN);
        code.visitMaxs(3, 2);
        code.visitEnd();
    }

    /** What the hook leads to. */
    private record Guarded(BiConsumer<Object, Object> target, Consumer<? super Throwable> failures)
            implements BiConsumer<Object, Object> {
        @Override
        public void accept(@Nullable Object first, @Nullable Object second) {
            try {
                if (!AgentThreads.isCurrent()) {
                    OwnRights.with(new Telling(target, first, second));
                }
            } catch (Throwable e) {
                failures.accept(e);
            }
        }
    }

    /** No lambda, which the JVM would have to make first in a thread of the application. */
    private record Telling(
            BiConsumer<Object, Object> target,
            @Nullable Object first,
            @Nullable Object second) implements PrivilegedAction<Boolean> {
        @Override
        public Boolean run() {
            target.accept(first, second);
            return true;
        }
    }
}
