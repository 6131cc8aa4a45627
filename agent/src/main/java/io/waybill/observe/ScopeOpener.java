// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import org.jspecify.annotations.Nullable;

/** Opens scopes for declared methods, in the application's threads. */
public interface ScopeOpener {
    /** Whether anybody wants them now; a look at a flag or two. */
    boolean isWanted();

    /**
     * Opens one.
     *
     * @param origin the declared method as TYPE#METHOD
     */
    @Nullable
    AutoCloseable open(long pid, String origin);
}
