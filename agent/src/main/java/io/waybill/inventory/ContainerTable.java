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
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The containers that exist, built from the answers for their processes.
 *
 * <p>A container is there from the first answer that names it. It has ended when a pass over all processes finds none of
 * its own, and it was restarted when a pass finds only processes that were not there before and the init is another.
 */
public final class ContainerTable {
    private final PidResolver resolver;
    private final LongFunction<Optional<ObservedProcess>> processes;
    private final ContainerNamer namer;
    private final Clock clock;
    private final int limit;
    private final List<ContainerListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<ContainerKey, Known> known = new HashMap<>();

    /**
     * Makes an empty table.
     *
     * @param resolver answers for inits
     * @param processes what /proc says of a process
     * @param namer finds the name and image of a container, once for each
     * @param limit how many containers are kept at most; further ones are not recorded
     */
    public ContainerTable(
            PidResolver resolver,
            LongFunction<Optional<ObservedProcess>> processes,
            ContainerNamer namer,
            Clock clock,
            int limit) {
        this.resolver = resolver;
        this.processes = processes;
        this.namer = namer;
        this.clock = clock;
        this.limit = limit;
    }

    /** Tells a listener from now on. */
    public void listen(ContainerListener listener) {
        listeners.add(listener);
    }

    /** The containers that exist, as last seen. */
    public synchronized List<ContainerEntry> entries() {
        return known.values().stream()
                .map(container -> container.entry.withProcesses(container.pids.size()))
                .toList();
    }

    /** The container's entry that an answer belongs to; none if it belongs to none. */
    public synchronized Optional<ContainerEntry> entryOf(Resolution resolution) {
        return ContainerKey.of(resolution).map(known::get).map(container -> container.entry);
    }

    /** Takes in the answer for one process that was observed on its own. */
    public synchronized void observed(Resolution resolution) {
        ContainerKey key = ContainerKey.of(resolution).orElse(null);
        if (key == null) {
            return;
        }
        Known container = known.get(key);
        if (container == null) {
            start(key, resolution, Set.of(resolution.pid()));
        } else {
            container.pids.add(resolution.pid());
        }
    }

    /**
     * Takes in the answers for all processes there are, so that what is not among them has ended.
     *
     * @param everything one answer for each process
     */
    public synchronized void pass(List<Resolution> everything) {
        Map<ContainerKey, List<Resolution>> found = new HashMap<>();
        for (Resolution resolution : everything) {
            ContainerKey.of(resolution)
                    .ifPresent(key ->
                            found.computeIfAbsent(key, k -> new ArrayList<>()).add(resolution));
        }
        for (ContainerKey key : List.copyOf(known.keySet())) {
            if (!found.containsKey(key)) {
                end(key);
            }
        }
        found.forEach(this::passOne);
    }

    private void passOne(ContainerKey key, List<Resolution> found) {
        Set<Long> pids = new HashSet<>();
        found.forEach(resolution -> pids.add(resolution.pid()));
        Known container = known.get(key);
        if (container != null && wasRestarted(container, found, pids)) {
            end(key);
            container = null;
        }
        if (container == null) {
            start(key, shallowest(found), pids);
        } else {
            container.pids.clear();
            container.pids.addAll(pids);
        }
    }

    /** None of its processes is left, and the namespace or its init is another one. */
    private static boolean wasRestarted(Known container, List<Resolution> found, Set<Long> pids) {
        for (long pid : container.pids) {
            if (pids.contains(pid)) {
                return false;
            }
        }
        return shallowest(found) instanceof Resolution.Resolved now
                && container.entry.namespace() != null
                && !now.init().equals(container.entry.init());
    }

    private void start(ContainerKey key, Resolution resolution, Set<Long> pids) {
        if (known.size() >= limit) {
            return;
        }
        ContainerEntry entry = describe(resolution, pids.size());
        known.put(key, new Known(entry, new HashSet<>(pids)));
        listeners.forEach(listener -> listener.started(entry));
    }

    private void end(ContainerKey key) {
        Known container = known.remove(key);
        if (container != null) {
            listeners.forEach(listener -> listener.ended(container.entry, clock.instant()));
        }
    }

    private ContainerEntry describe(Resolution resolution, int count) {
        Init init = new Init.None("the kernel does not show the namespace");
        PidNamespace namespace = null;
        Identity identity = new NoContainer(NoContainer.Reason.GONE, "", "");
        if (resolution instanceof Resolution.Resolved resolved) {
            init = resolved.init();
            namespace = resolved.namespace();
            identity = resolved.identity();
        } else if (resolution instanceof Resolution.Refused refused) {
            identity = refused.identity();
        }
        Identity named =
                identity instanceof ContainerIdentity container ? namer.name(container, resolution.pid()) : identity;
        ObservedProcess initProcess =
                init instanceof Init.Known alive ? processes.apply(alive.pid()).orElse(null) : null;
        String sharedWith =
                identity instanceof ContainerIdentity container ? sharedWith(container, namespace, init) : "";
        return new ContainerEntry(named, namespace, init, initProcess, sharedWith, clock.instant(), count);
    }

    /** Whose init it is: a container in this JVM's own namespace, in its pod's, or in that of another container. */
    private String sharedWith(ContainerIdentity container, @Nullable PidNamespace namespace, Init init) {
        if (!(init instanceof Init.Known known)
                || !(resolver.resolve(known.pid()) instanceof Resolution.Resolved owner)
                || !(owner.identity() instanceof ContainerIdentity other)) {
            return namespace != null && namespace.isOwn() ? "host" : "";
        }
        if (other.runtime() == container.runtime() && other.id().equals(container.id())) {
            return "";
        }
        return other.sandbox() ? "pod" : "container " + other.displayName();
    }

    private static Resolution shallowest(List<Resolution> found) {
        Resolution best = found.get(0);
        for (Resolution candidate : found) {
            if (depth(candidate) < depth(best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static int depth(Resolution resolution) {
        return resolution instanceof Resolution.Resolved resolved
                ? resolved.namespace().depth()
                : Integer.MAX_VALUE;
    }

    private static final class Known {
        final ContainerEntry entry;
        final Set<Long> pids;

        Known(ContainerEntry entry, Set<Long> pids) {
            this.entry = entry;
            this.pids = pids;
        }
    }
}
