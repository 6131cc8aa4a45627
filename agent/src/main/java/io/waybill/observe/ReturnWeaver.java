// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static net.bytebuddy.jar.asm.Opcodes.ACC_ABSTRACT;
import static net.bytebuddy.jar.asm.Opcodes.ACC_BRIDGE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_NATIVE;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.SWAP;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Puts a call of a hook in front of each return of some methods of a class. For those that return nothing or an object.
 *
 * @param holder the internal name of the class that is called
 * @param first the local variable to tell of, where 0 is the object itself, or {@link #RETURNED}
 * @param second likewise
 * @param methods how the methods' names and descriptors begin, such as {@code accept(}
 */
record ReturnWeaver(String holder, int first, int second, List<String> methods) {
    /** Stands for the object that is returned. */
    static final int RETURNED = -1;

    /**
     * Weaves.
     *
     * @param original a class file
     * @return the new class file
     * @throws IllegalStateException if the class has no such method
     */
    byte[] weave(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        Methods woven = new Methods(writer);
        reader.accept(woven, 0);
        if (!woven.any) {
            throw new IllegalStateException(reader.getClassName() + " has none of the methods " + methods);
        }
        return writer.toByteArray();
    }

    private final class Methods extends ClassVisitor {
        boolean any;

        Methods(ClassVisitor next) {
            super(ASM9, next);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            boolean meant = methods.stream().anyMatch((name + descriptor)::startsWith);
            if (!meant || (access & (ACC_BRIDGE | ACC_ABSTRACT | ACC_NATIVE)) != 0) {
                return next;
            }
            any = true;
            return new Returns(next);
        }
    }

    private final class Returns extends MethodVisitor {
        Returns(MethodVisitor next) {
            super(ASM9, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == ARETURN || opcode == RETURN) {
                // with a copy of what is returned below, so that it is on the stack for the return
                if (opcode == ARETURN && (first == RETURNED || second == RETURNED)) {
                    super.visitInsn(DUP);
                }
                if (first != RETURNED) {
                    super.visitVarInsn(ALOAD, first);
                }
                if (first != RETURNED && second == RETURNED) {
                    super.visitInsn(SWAP);
                } else if (second != RETURNED) {
                    super.visitVarInsn(ALOAD, second);
                }
                super.visitMethodInsn(INVOKESTATIC, holder, ReturnHook.METHOD, ReturnHook.SIGNATURE, false);
            }
            super.visitInsn(opcode);
        }
    }
}
