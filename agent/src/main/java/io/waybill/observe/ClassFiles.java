// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The class files of loaded classes as the JVM has them, which may be other than those on the class path. */
final class ClassFiles {
    private ClassFiles() {}

    /** The class file as it is now, without asking its loader; empty if the JVM does not give it. */
    static byte[] of(Class<?> type, Instrumentation instrumentation) {
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
        } catch (UnmodifiableClassException | UnsupportedOperationException | LinkageError | InternalError e) {
            return new byte[0]; // perhaps for what another agent's transformer makes of it, or it cannot be initialized
        } finally {
            instrumentation.removeTransformer(reader);
        }
        return seen.isEmpty() ? new byte[0] : seen.get(0);
    }
}
