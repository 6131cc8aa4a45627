// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import io.waybill.scope.NearestNames;
import io.waybill.scope.ScopeDeclaration;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a declaration matches nothing, with what there is instead. */
final class NearestMethods {
    private NearestMethods() {}

    static String to(ScopeDeclaration declaration, Instrumentation instrumentation) {
        Class<?>[] loaded = instrumentation.getAllLoadedClasses();
        Class<?> type = Stream.of(loaded)
                .filter(each -> each.getName().equals(declaration.type()))
                .findFirst()
                .orElse(null);
        if (type == null) {
            String simple = NearestNames.simple(declaration.type());
            List<String> names = Stream.of(loaded)
                    .filter(each -> !each.isArray() && !each.isHidden())
                    .filter(each -> each.getClassLoader() != NearestMethods.class.getClassLoader())
                    .map(Class::getName)
                    .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                    .toList();
            return "no such class is loaded" + or(NearestNames.of(simple, names));
        }
        byte[] bytes = classFile(type, instrumentation);
        if (bytes.length == 0) {
            return "the class cannot be instrumented";
        }
        List<String> alike = ScopeWeaver.alike(type.getName(), bytes, declaration);
        if (alike.isEmpty()) {
            return "the class has no such method"
                    + or(NearestNames.of(
                            declaration.method().replace("*", ""), ScopeWeaver.names(type.getName(), bytes)));
        }
        String what = type.isInterface() || alike.isEmpty()
                ? "nothing to run in "
                : "no such parameter that may be a pid in ";
        return what + String.join(", ", alike);
    }

    private static String or(List<String> nearest) {
        return nearest.isEmpty() ? "" : "; the nearest is " + String.join(", ", nearest);
    }

    /** The class file as it is now, without asking its loader; empty if the JVM does not give it. */
    private static byte[] classFile(Class<?> type, Instrumentation instrumentation) {
        List<byte[]> seen = new ArrayList<>();
        ClassFileTransformer reader = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    @Nullable String name,
                    @Nullable Class<?> redefined,
                    ProtectionDomain domain,
                    byte[] bytes) {
                if (redefined == type) {
                    seen.add(bytes);
                }
                return null;
            }
        };
        instrumentation.addTransformer(reader, true);
        try {
            instrumentation.retransformClasses(type);
        } catch (UnmodifiableClassException | LinkageError e) {
            return new byte[0];
        } finally {
            instrumentation.removeTransformer(reader);
        }
        return seen.isEmpty() ? new byte[0] : seen.get(0);
    }
}
