// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.InitWay;

/** One way from a pid namespace to its init. */
interface InitLookup {
    /** Its name. */
    InitWay way();

    /** Asks; the answer is to be verified. */
    InitAnswer find(OpenNamespace namespace);

    /**
     * Whether a process that was opened by the number that {@link #find} gave is proven to be the init by the number
     * alone, for as long as it lives. If not, its namespace is to be compared.
     */
    default boolean confirms(OpenNamespace namespace, long pid) {
        return false;
    }
}
