// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.NamespaceId;
import io.waybill.api.Resolution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes one entry of the table: a container by its runtime and id, or a pid namespace that no container claims.
 *
 * @param runtime what started the container; null for a namespace
 * @param id the container's id; empty for a namespace
 * @param namespace the namespace; null for a container
 */
record ContainerKey(
        @Nullable ContainerRuntime runtime,
        String id,
        @Nullable NamespaceId namespace) {
    /** The key of what a process lives in; none for a process of this JVM's own namespace and no container. */
    static Optional<ContainerKey> of(Resolution resolution) {
        ContainerIdentity container = resolution.container().orElse(null);
        if (container != null) {
            return Optional.of(of(container));
        }
        return resolution instanceof Resolution.Resolved resolved
                        && !resolved.namespace().isOwn()
                ? Optional.of(new ContainerKey(null, "", resolved.namespace().id()))
                : Optional.empty();
    }

    static ContainerKey of(ContainerEntry entry) {
        return entry.identity() instanceof ContainerIdentity container
                ? of(container)
                : new ContainerKey(
                        null,
                        "",
                        entry.namespace() == null ? null : entry.namespace().id());
    }

    private static ContainerKey of(ContainerIdentity container) {
        return new ContainerKey(container.runtime(), container.id(), null);
    }
}
