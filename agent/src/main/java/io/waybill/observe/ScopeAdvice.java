// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * The advice of declared methods. With {@code Server#handle(0.credentials.pid)} declared,
 *
 * <pre>{@code
 * Answer handle(Request request) {
 *     ...
 * }
 * }</pre>
 *
 * <p>becomes:
 *
 * <pre>{@code
 * Answer handle(Request request) {
 *     BiFunction function = WaybillScopes.hook;
 *     AutoCloseable scope = function == null ? null : (AutoCloseable) function.apply(1, request);
 *     try {
 *         ...
 *     } finally {
 *         if (scope != null) {
 *             scope.close();
 *         }
 *     }
 * }
 * }</pre>
 */
final class ScopeAdvice {
    private ScopeAdvice() {}

    /** Marks the parameter that stands for the number of the declaration. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Declaration {}

    /** Marks the parameter that stands for the declared argument. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Subject {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable AutoCloseable enter(
            @Hook.Target @Nullable BiFunction<Integer, @Nullable Object, @Nullable AutoCloseable> hook,
            @Declaration int declaration,
            @Subject @Nullable Object subject) {
        BiFunction<Integer, @Nullable Object, @Nullable AutoCloseable> function = hook;
        return function == null ? null : function.apply(declaration, subject);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable AutoCloseable scope) throws Exception {
        if (scope != null) {
            scope.close();
        }
    }
}
