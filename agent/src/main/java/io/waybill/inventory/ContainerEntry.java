// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container that exists, or a pid namespace that no container claims.
 *
 * @param identity the container, or why there is none
 * @param namespace the pid namespace of its first process; null where the kernel refuses to show it
 * @param init the init of that namespace
 * @param initProcess what /proc says of the init; null where it is not known
 * @param sharedWith whose init it is where the namespace is not the container's own: {@code host}, {@code pod},
 *     {@code container NAME}; otherwise empty
 * @param firstSeen when it was first seen
 * @param processes how many of its processes were seen in the last pass
 */
public record ContainerEntry(
        Identity identity,
        @Nullable PidNamespace namespace,
        Init init,
        @Nullable ObservedProcess initProcess,
        String sharedWith,
        Instant firstSeen,
        int processes) {
    /** The container; none for a pid namespace that no container claims. */
    public Optional<ContainerIdentity> container() {
        return identity.container();
    }

    /** The init's process id as this JVM sees it; 0 if unknown. */
    public long initPid() {
        return init instanceof Init.Known known ? known.pid() : 0;
    }

    /** When it started: the start of its own init, or when it was first seen. */
    public Instant start() {
        return initProcess != null && initProcess.start() != null && sharedWith.isEmpty()
                ? initProcess.start()
                : firstSeen;
    }

    /** What to call it: the container's name or id, or the namespace. */
    public String displayName() {
        return container()
                .map(ContainerIdentity::displayName)
                .orElseGet(() -> namespace == null ? "" : namespace.id().toString());
    }

    ContainerEntry withProcesses(int count) {
        return count == processes
                ? this
                : new ContainerEntry(identity, namespace, init, initProcess, sharedWith, firstSeen, count);
    }
}
