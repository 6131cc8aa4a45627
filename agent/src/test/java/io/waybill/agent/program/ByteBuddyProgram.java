// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent.program;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;

/** Uses the Byte Buddy of its class path. */
public final class ByteBuddyProgram {
    private ByteBuddyProgram() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Class<?> made = new ByteBuddy()
                .subclass(Object.class)
                .method(ElementMatchers.named("toString"))
                .intercept(FixedValue.value("made by Byte Buddy of "))
                .make()
                .load(ByteBuddyProgram.class.getClassLoader())
                .getLoaded();
        String jar = ByteBuddy.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        System.out.println(made.getConstructor().newInstance() + jar.substring(jar.lastIndexOf('/') + 1));
    }
}
