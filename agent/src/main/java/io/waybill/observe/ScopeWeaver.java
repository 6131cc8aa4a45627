// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import io.waybill.scope.PidPath;
import io.waybill.scope.ScopeDeclaration;
import io.waybill.scope.ScopeDeclaration.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.OffsetMapping.ForArgument;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Weaves scopes into the class file of a class. Nothing but that file is read, so no class of the application is looked
 * for, let alone loaded.
 */
final class ScopeWeaver {
    private static final TypeDescription.Generic OBJECT =
            TypeDescription.ForLoadedType.of(Object.class).asGenericType();

    private final Hook<?> hook;

    ScopeWeaver(Hook<?> hook) {
        this.hook = hook;
    }

    /**
     * Weaves.
     *
     * @param name of the class
     * @param bytes its class file
     * @return its new class file; empty if no declaration matches
     */
    byte[] weave(String name, byte[] bytes, List<DeclaredMethod> declared) {
        ClassFileLocator file = ClassFileLocator.Simple.of(name, bytes);
        TypePool pool = TypePool.Default.WithLazyResolution.of(file);
        TypeDescription type = pool.describe(name).resolve();
        DynamicType.Builder<?> builder = new ByteBuddy()
                .with(TypeValidation.DISABLED)
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .decorate(type, file);
        boolean any = false;
        for (DeclaredMethod each : declared) {
            for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
                OptionalInt parameter = parameterOf(each.declaration(), method);
                if (parameter.isPresent()) {
                    builder = builder.visit(advice(each, parameter.getAsInt()).on(ElementMatchers.is(method)));
                    each.matched(signature(method));
                    any = true;
                }
            }
        }
        return any ? builder.make(TypeResolutionStrategy.Passive.INSTANCE, pool).getBytes() : new byte[0];
    }

    /** The methods of a class file whose name a declaration means, for a message. */
    static List<String> alike(String name, byte[] bytes, ScopeDeclaration declaration) {
        return methods(name, bytes).stream()
                .filter(method -> declaration.isNamed(method.getName()))
                .map(ScopeWeaver::signature)
                .toList();
    }

    /** The names of all methods of a class file. */
    static List<String> names(String name, byte[] bytes) {
        return methods(name, bytes).stream().map(MethodDescription::getName).toList();
    }

    private static List<MethodDescription.InDefinedShape> methods(String name, byte[] bytes) {
        TypePool pool = TypePool.Default.WithLazyResolution.of(ClassFileLocator.Simple.of(name, bytes));
        return List.copyOf(pool.describe(name).resolve().getDeclaredMethods().filter(ElementMatchers.isMethod()));
    }

    private Advice advice(DeclaredMethod declared, int parameter) {
        return hook.advice()
                .bind(ScopeAdvice.Declaration.class, declared.id())
                .bind(
                        ScopeAdvice.Subject.class,
                        new ForArgument.Unresolved(OBJECT, true, Assigner.Typing.DYNAMIC, parameter))
                .to(ScopeAdvice.class);
    }

    /** The position of the declared parameter; none if the method is another, or has it not or twice. */
    private static OptionalInt parameterOf(ScopeDeclaration declaration, MethodDescription method) {
        if (!method.isMethod()
                || method.isAbstract()
                || method.isNative()
                || method.isBridge()
                || !declaration.isNamed(method.getName())) {
            return OptionalInt.empty();
        }
        List<String> types = types(method);
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean meant = declaration.parameter() instanceof Parameter.At at
                    ? at.position() == i
                    : ((Parameter.OfType) declaration.parameter()).isNamed(types.get(i));
            if (meant) {
                positions.add(i);
            }
        }
        boolean fits = positions.size() == 1
                && (!declaration.path().isEmpty() || PidPath.mayBePid(types.get(positions.get(0))));
        return fits ? OptionalInt.of(positions.get(0)) : OptionalInt.empty();
    }

    private static List<String> types(MethodDescription method) {
        return method.getParameters().asTypeList().asErasures().stream()
                .map(TypeDefinition::getTypeName)
                .toList();
    }

    private static String signature(MethodDescription method) {
        return method.getName() + types(method).stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
