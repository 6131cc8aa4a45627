// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Weaves scopes into declared classes as they are loaded or transformed again. Installed only while there are any. */
final class ScopeTransformer implements ClassFileTransformer {
    private final ScopeWeaver weaver;
    private final Consumer<? super String> complaints;
    private volatile Map<String, List<DeclaredMethod>> byType = Map.of();

    ScopeTransformer(ScopeWeaver weaver, Consumer<? super String> complaints) {
        this.weaver = weaver;
        this.complaints = complaints;
    }

    /** From now on weaves these. */
    void declare(List<DeclaredMethod> declared) {
        byType = declared.stream()
                .collect(Collectors.groupingBy(each -> each.declaration().type().replace('.', '/')));
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        List<DeclaredMethod> declared = name == null ? null : byType.get(name);
        if (declared == null || name == null || loader == ScopeTransformer.class.getClassLoader()) {
            return null;
        }
        try {
            byte[] woven = weaver.weave(name.replace('/', '.'), bytes, declared);
            return woven.length == 0 ? null : woven;
        } catch (Throwable e) {
            declared.forEach(each -> each.wrong("the class is left as it is: " + e, complaints));
            return null;
        }
    }
}
