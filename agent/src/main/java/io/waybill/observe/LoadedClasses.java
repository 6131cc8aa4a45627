// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.lang.instrument.Instrumentation;
import java.util.Objects;

/** The classes that are loaded in this JVM. */
public final class LoadedClasses {
    private LoadedClasses() {}

    /** None where the JVM is about to end: it then gives no array at all (JPLISAgent.c, commonGetClassList). */
    public static Class<?>[] of(Instrumentation instrumentation) {
        return Objects.requireNonNullElse(instrumentation.getAllLoadedClasses(), new Class<?>[0]);
    }
}
