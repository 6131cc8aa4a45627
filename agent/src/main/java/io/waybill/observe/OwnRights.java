// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import io.waybill.api.ContainerScope;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * What the agent does in threads of the application, done by the agent's own rights: a security manager would otherwise ask
 * for those of everybody on the stack. What it calls there of the application's has no more rights than that has.
 */
@SuppressWarnings("removal") // of use as long as there are JDKs with a security manager
public final class OwnRights {
    /** JEP 486. */
    private static final boolean MAY_BE_NEEDED = Runtime.version().feature() < 24;

    private OwnRights() {}

    /** Does it. */
    public static <T extends @Nullable Object> T with(PrivilegedAction<T> action) {
        return areNeeded() ? AccessController.doPrivileged(action) : action.run();
    }

    /** A scope that is closed by the agent's rights, too; null for null. */
    public static @Nullable ContainerScope closing(@Nullable ContainerScope scope) {
        return scope == null || !areNeeded() ? scope : new ClosedByOwnRights(scope);
    }

    /** Asked each time: an application server has its security manager once it has begun. */
    private static boolean areNeeded() {
        return MAY_BE_NEEDED && System.getSecurityManager() != null;
    }

    private record ClosedByOwnRights(ContainerScope scope) implements ContainerScope, PrivilegedAction<ContainerScope> {
        @Override
        public void close() {
            with(this);
        }

        @Override
        public ContainerScope run() {
            scope.close();
            return scope;
        }
    }
}
