// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pid namespace as seen from the namespace of this JVM.
 *
 * @param id the namespace
 * @param kernelId the kernel's number for it, which is never reused; null before Linux 6.18 ({@code NS_GET_ID},
 *     include/uapi/linux/nsfs.h)
 * @param depth how many levels it lies below the namespace of this JVM; 0 is that namespace itself
 * @param parents the namespaces around it, the nearest first and the one of this JVM last; empty at depth 0
 */
public record PidNamespace(NamespaceId id, @Nullable Long kernelId, int depth, List<NamespaceId> parents) {
    /** Copies the list. */
    public PidNamespace {
        parents = List.copyOf(parents);
    }

    /** Whether this is the namespace that this JVM lives in. */
    public boolean isOwn() {
        return depth == 0;
    }
}
