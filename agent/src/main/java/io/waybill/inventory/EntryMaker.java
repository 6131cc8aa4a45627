// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes a container when it is met: its init, and whose init that is.
 *
 * @param resolver answers for inits
 * @param processes what /proc says of a process
 */
public record EntryMaker(PidResolver resolver, LongFunction<Optional<ObservedProcess>> processes) {
    ContainerEntry describe(Resolution resolution, Instant now) {
        Init init = new Init.None("the kernel does not show the namespace");
        PidNamespace namespace = null;
        Identity identity = new NoContainer(NoContainer.Reason.GONE, "it ended before it was described", "");
        if (resolution instanceof Resolution.Resolved resolved) {
            init = resolved.init();
            namespace = resolved.namespace();
            identity = resolved.identity();
        } else if (resolution instanceof Resolution.Refused refused) {
            identity = refused.identity();
        }
        ObservedProcess initProcess = init instanceof Init.Known alive ? process(resolution, alive.pid()) : null;
        String shared = identity instanceof ContainerIdentity container ? sharedWith(container, namespace, init) : "";
        return new ContainerEntry(identity, namespace, init, initProcess, shared, now, 1);
    }

    /** What /proc says of an init; what it said already where the answer is for the init itself. */
    private @Nullable ObservedProcess process(Resolution resolution, long initPid) {
        return resolution instanceof Resolution.Resolved resolved && resolved.pid() == initPid
                ? resolved.process()
                : processes.apply(initPid).orElse(null);
    }

    /** Whether the init that the entry names is gone; not where nobody could look. */
    boolean hasLostItsInit(ContainerEntry entry) {
        if (entry.initPid() <= 1) {
            return false;
        }
        Resolution now = resolver.resolve(entry.initPid());
        return !(now instanceof Resolution.Unanswered)
                && !(now instanceof Resolution.Resolved resolved
                        && resolved.init().equals(entry.init()));
    }

    /**
     * The process that stands for a container: an init that something outside of it brought up, or where it has none, as
     * in the host's pid namespace, the process least deep. A debugger's helper that entered all of its namespaces but the
     * one of pids is less deep than its init; the init of a sandbox that runs in it was brought up inside.
     *
     * @param found processes of the container
     */
    static Resolution standingFor(List<Resolution> found) {
        Set<Long> pids = found.stream().map(Resolution::pid).collect(Collectors.toSet());
        return found.stream()
                .min(Comparator.comparing((Resolution each) -> !isInitFromOutside(each, pids))
                        .thenComparingInt(EntryMaker::depth))
                .orElseThrow();
    }

    /** Whether the processes that replaced all of a container's are of one that was started again. */
    static boolean isRestart(ContainerEntry before, List<Resolution> replacement) {
        return standingFor(replacement) instanceof Resolution.Resolved now
                && before.namespace() != null
                && !now.init().equals(before.init());
    }

    private static boolean isInitFromOutside(Resolution resolution, Set<Long> pids) {
        return resolution instanceof Resolution.Resolved resolved
                && resolved.process().pidInside() == 1
                && !pids.contains(resolved.process().parentPid());
    }

    /** Whether it is an init of depth 1 that something outside of its container brought up: none could come before it. */
    boolean standsForItsContainer(Resolution resolution) {
        return resolution instanceof Resolution.Resolved resolved
                && resolved.namespace().depth() == 1
                && resolved.process().pidInside() == 1
                && !ContainerKey.of(resolution)
                        .equals(ContainerKey.of(
                                resolver.resolve(resolved.process().parentPid())));
    }

    /** Whether a process is in a container, but in a pid namespace that has another init than one of the container's. */
    boolean isInOtherNamespace(Resolution resolution) {
        return resolution instanceof Resolution.Resolved resolved
                && resolved.identity() instanceof ContainerIdentity container
                && resolved.init() instanceof Init.Known init
                && init.pid() != resolved.pid() // which may have ended since
                && ownerOf(init).filter(owner -> isSame(container, owner)).isEmpty();
    }

    /** Whose init it is: a container in this JVM's own namespace, in its pod's, or in that of another container. */
    private String sharedWith(ContainerIdentity container, @Nullable PidNamespace namespace, Init init) {
        ContainerIdentity owner = ownerOf(init).orElse(null);
        if (owner == null) {
            return namespace != null && namespace.isOwn() ? "host" : "";
        }
        if (isSame(container, owner)) {
            return "";
        }
        return owner.sandbox() ? "pod" : "container " + owner.displayName();
    }

    /** The container that an init is of. */
    private Optional<ContainerIdentity> ownerOf(Init init) {
        return init instanceof Init.Known known && resolver.resolve(known.pid()) instanceof Resolution.Resolved owner
                ? owner.container()
                : Optional.empty();
    }

    private static boolean isSame(ContainerIdentity one, ContainerIdentity other) {
        return one.runtime() == other.runtime() && one.id().equals(other.id());
    }

    private static int depth(Resolution resolution) {
        return resolution instanceof Resolution.Resolved resolved
                ? resolved.namespace().depth()
                : Integer.MAX_VALUE;
    }
}
