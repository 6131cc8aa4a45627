// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.NamespaceId;
import io.waybill.linux.NamespaceFd;
import org.jspecify.annotations.Nullable;

/**
 * A pid namespace being looked at.
 *
 * @param id which one
 * @param fd a descriptor of it, which keeps its number from being reused; null where the C library cannot be called
 */
record OpenNamespace(NamespaceId id, @Nullable NamespaceFd fd) implements AutoCloseable {
    @Override
    public void close() {
        if (fd != null) {
            fd.close();
        }
    }
}
