// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
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

    /** Whether an answer names the same namespace and init. */
    boolean isOf(Resolution.Resolved resolved) {
        return resolved.namespace().equals(namespace) && resolved.init().equals(init);
    }

    /**
     * The same with what a later answer for one of its processes tells beyond it: its name or whose it is, where the runtime
     * had not told before, and what its init executes by now.
     */
    ContainerEntry learning(Resolution later) {
        Identity told = identityOf(later);
        boolean same =
                ContainerKey.of(later).filter(ContainerKey.of(this)::equals).isPresent();
        ObservedProcess first = initProcess;
        if (later instanceof Resolution.Resolved resolved && resolved.pid() == initPid() && isOf(resolved)) {
            ObservedProcess now = resolved.process();
            first = first != null && first.command().equals(now.command()) ? first : now;
        }
        return new ContainerEntry(
                same && weight(told) > weight(identity) ? told : identity,
                namespace,
                init,
                first,
                sharedWith,
                firstSeen,
                processes);
    }

    /** The same, known to be the container that a later answer names. */
    ContainerEntry as(Resolution later) {
        return new ContainerEntry(identityOf(later), namespace, init, initProcess, sharedWith, firstSeen, processes);
    }

    private Identity identityOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.identity();
        }
        return resolution instanceof Resolution.Refused refused ? refused.identity() : identity;
    }

    /** How much an identity tells: what the runtime itself says most, then a name, then an image. */
    private static int weight(Identity identity) {
        if (!(identity instanceof ContainerIdentity container)) {
            return 0;
        }
        Provenance.Source source = container.provenance().source();
        boolean kept = source == Provenance.Source.RUNTIME_STATE || source == Provenance.Source.RUNTIME_API;
        return 1 + (kept ? 4 : 0) + (container.name() == null ? 0 : 2) + (container.image() == null ? 0 : 1);
    }

    ContainerEntry withProcesses(int count) {
        return count == processes
                ? this
                : new ContainerEntry(identity, namespace, init, initProcess, sharedWith, firstSeen, count);
    }
}
