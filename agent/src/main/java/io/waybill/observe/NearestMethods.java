// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import io.waybill.scope.NearestNames;
import io.waybill.scope.ScopeDeclaration;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.stream.Stream;

/** Why a declaration matches nothing, with what there is instead. */
final class NearestMethods {
    private NearestMethods() {}

    static String to(ScopeDeclaration declaration, Instrumentation instrumentation) {
        Class<?>[] loaded = LoadedClasses.of(instrumentation);
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
        byte[] bytes = ClassFiles.of(type, instrumentation);
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
}
