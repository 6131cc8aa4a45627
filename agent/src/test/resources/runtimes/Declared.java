// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.observe.DeclaredMethods;
import io.waybill.observe.ScopeOpener;
import io.waybill.scope.ScopeDeclaration;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Declares a method of the program, calls it, stops, and tells at each step whether its class is woven. */
public final class AgentRuntime {
    private static final String TYPE = "io.waybill.observe.program.DeclaredProgram$Stopped";

    public static void start(String options, Instrumentation instrumentation, boolean attached, Runnable hooked) throws Exception {
        Class<?> type = Class.forName(TYPE, true, ClassLoader.getSystemClassLoader());
        DeclaredMethods methods =
                new DeclaredMethods(instrumentation, new Printing(), Throwable::printStackTrace, System.err::println);
        System.out.println("nothing declared, woven " + isWoven(instrumentation, type));
        methods.add(ScopeDeclaration.parse(TYPE + "#work(pid:0)"));
        type.getMethod("work", int.class).invoke(null, 7);
        System.out.println("declared, woven " + isWoven(instrumentation, type));
        methods.close();
        System.out.println("stopped, woven " + isWoven(instrumentation, type));
    }

    /** Asked of the instructions: a class keeps the constants of a definition that it had before. */
    private static boolean isWoven(Instrumentation instrumentation, Class<?> type) throws Exception {
        boolean[] woven = new boolean[1];
        ClassFileTransformer reader = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                if (redefined == type) {
                    new ClassReader(bytes).accept(new HookFinder(woven), 0);
                }
                return null;
            }
        };
        instrumentation.addTransformer(reader, true);
        instrumentation.retransformClasses(type);
        instrumentation.removeTransformer(reader);
        return woven[0];
    }

    private static final class HookFinder extends ClassVisitor {
        private final boolean[] found;

        HookFinder(boolean[] found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    found[0] |= owner.equals("java/lang/WaybillScopes");
                }
            };
        }
    }

    private static final class Printing implements ScopeOpener {
        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public AutoCloseable open(long pid, String origin) {
            System.out.println("open " + pid + " " + origin);
            return () -> System.out.println("close");
        }
    }
}
