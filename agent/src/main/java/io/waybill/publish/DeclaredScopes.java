// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.util.List;

/** The declared methods of the running agent, for their bean. */
public interface DeclaredScopes {
    /** All that is declared. */
    List<DeclarationInfo> declarations();

    /**
     * Declares a method.
     *
     * @throws IllegalArgumentException if the declaration is not as it should be
     * @throws IllegalStateException if methods cannot be instrumented here
     */
    void add(String declaration);

    /**
     * Takes a declaration back; false if there is none.
     *
     * @throws IllegalArgumentException if the declaration is not as it should be
     */
    boolean remove(String declaration);
}
