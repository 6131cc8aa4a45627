// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Another agent, whose transformer makes of a class that is loaded already what the JVM does not allow: a method has
 * another name. So it is with transformers that add members as a class is loaded, and came after it was.
 */
public final class RenamingAgent implements ClassFileTransformer {
    private final String type;
    private final byte[] method;

    private RenamingAgent(String type, String method) {
        this.type = type.replace('.', '/');
        this.method = method.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Installs it.
     *
     * @param options the method as TYPE#METHOD
     */
    public static void premain(String options, Instrumentation instrumentation) {
        String[] words = options.split("#", 2);
        instrumentation.addTransformer(new RenamingAgent(words[0], words[1]), true);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        if (redefined == null || !type.equals(name)) {
            return null;
        }
        byte[] changed = bytes.clone();
        for (int at = 0; at + method.length <= changed.length; at++) {
            if (isHere(changed, at)) {
                changed[at] = '_';
            }
        }
        return changed;
    }

    private boolean isHere(byte[] bytes, int at) {
        for (int i = 0; i < method.length; i++) {
            if (bytes[at + i] != method[i]) {
                return false;
            }
        }
        return true;
    }
}
