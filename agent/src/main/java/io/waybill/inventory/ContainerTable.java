// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.Resolution;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The containers that exist, built from the answers for their processes.
 *
 * <p>A container is there from the first answer that names it. It has ended when a look at all processes leaves none of
 * its own, and it was restarted when all of them were replaced and the init is another.
 */
public final class ContainerTable {
    private final EntryMaker maker;
    private final Clock clock;
    private final int limit;
    private final Tellings tellings = new Tellings();
    private final Map<ContainerKey, Known> known = new LinkedHashMap<>();
    /** Of how many containers a process is the init: the containers of a pod may share one. */
    private final Map<Long, Integer> inits = new ConcurrentHashMap<>();

    private final LastTold told = new LastTold();
    private long notKept;

    /**
     * Makes an empty table.
     *
     * @param maker describes a container when it is met
     * @param limit how many containers are kept at most; further ones are counted, but not recorded
     */
    public ContainerTable(EntryMaker maker, Clock clock, int limit) {
        this.maker = maker;
        this.clock = clock;
        this.limit = limit;
    }

    /** Tells a listener from now on, in the thread that brings a change, which holds no lock then. */
    public void listen(ContainerListener listener) {
        tellings.listen(listener);
    }

    /** The containers that exist, as last seen. */
    public synchronized List<ContainerEntry> entries() {
        return known.values().stream()
                .map(container -> container.entry.withProcesses(Math.max(1, container.pids.size())))
                .toList();
    }

    /** The container's entry that an answer belongs to; none if it belongs to none. */
    public synchronized Optional<ContainerEntry> entryOf(Resolution resolution) {
        return ContainerKey.of(resolution).map(known::get).map(container -> container.entry);
    }

    /** The processes of a container that the last look found, as this JVM sees them. */
    public synchronized List<Long> processesOf(ContainerEntry entry) {
        Known container = known.get(ContainerKey.of(entry));
        return container == null ? List.of() : container.pids.toList();
    }

    /** How many containers were not kept, because the table was full. */
    public synchronized long notKept() {
        return notKept;
    }

    /**
     * Whether an answer names a container, but the init of a pid namespace that is neither the container's own nor the one
     * that it has in the table. A runtime enters the container's cgroup first and makes the namespace then, as runc does
     * (libcontainer, process_linux.go), so from a process that started just now it does not follow that the container shares
     * another's namespace.
     */
    public synchronized boolean mayBeRuntime(Resolution resolution) {
        Known container = ContainerKey.of(resolution).map(known::get).orElse(null);
        boolean known = container != null
                && resolution instanceof Resolution.Resolved resolved
                && resolved.init().equals(container.entry.init());
        return !known && maker.isInOtherNamespace(resolution);
    }

    /**
     * Takes in the answer for one process that was observed on its own. Its end is left to the next look at all. On a busy
     * machine the answer may be late: the container has ended by then, and what its runtime wrote down is gone.
     */
    public void observed(Resolution resolution) {
        synchronized (this) {
            ContainerKey key = ContainerKey.of(resolution).orElse(null);
            if (key != null && !known.containsKey(key) && !told.has(key, resolution)) {
                start(key, List.of(resolution));
            }
        }
        tellings.tell();
    }

    /**
     * Takes in a process that is met during a look, if it stands for its container, whatever else the look finds in that; what
     * does not waits for {@link #update}.
     */
    public void observedInit(Resolution resolution) {
        if (maker.standsForItsContainer(resolution)) {
            observed(resolution);
        }
    }

    /** Takes in the answers for all processes there are; for a single look. */
    public void all(List<Resolution> everything) {
        update(List.of(), everything);
    }

    /**
     * Takes in what a look at all processes found to be different from the one before.
     *
     * @param gone the answers for the processes that are not there any more
     * @param fresh the answers for those that were not there
     */
    public void update(List<Resolution> gone, List<Resolution> fresh) {
        synchronized (this) {
            for (Resolution resolution : gone) {
                ContainerKey.of(resolution)
                        .map(known::get)
                        .ifPresent(container -> container.pids.remove(resolution.pid()));
            }
            Map<ContainerKey, List<Resolution>> added = new HashMap<>();
            for (Resolution resolution : fresh) {
                ContainerKey.of(resolution)
                        .ifPresent(key -> added.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(resolution));
            }
            endWhatIsLeftEmpty(added);
            added.forEach(this::add);
        }
        tellings.tell();
    }

    /** Forgets which processes were seen, not the containers: for a look at all of them that begins anew. */
    public synchronized void forgetProcesses() {
        known.values().forEach(container -> container.pids.clear());
    }

    /** Whether a process is the init of a container in the table; answers in any thread, without waiting. */
    public boolean isInit(long pid) {
        return inits.containsKey(pid);
    }

    /**
     * The init of containers ended, and all processes of their namespace with it.
     *
     * @param initPid its process id as this JVM saw it
     * @param status its exit status as {@code wait} gives it
     */
    public void initEnded(long initPid, int status) {
        synchronized (this) {
            for (Map.Entry<ContainerKey, Known> each : List.copyOf(known.entrySet())) {
                ContainerEntry entry = each.getValue().entry;
                if (entry.initPid() == initPid && maker.hasLostItsInit(entry)) {
                    end(each.getKey(), status);
                }
            }
        }
        tellings.tell();
    }

    /** Ends the containers whose init is not there any more; for an agent that does not look at all processes. */
    public void endThoseWithoutInit() {
        synchronized (this) {
            for (Map.Entry<ContainerKey, Known> each : List.copyOf(known.entrySet())) {
                if (maker.hasLostItsInit(each.getValue().entry)) {
                    end(each.getKey(), null);
                }
            }
        }
        tellings.tell();
    }

    private void endWhatIsLeftEmpty(Map<ContainerKey, List<Resolution>> added) {
        for (Map.Entry<ContainerKey, Known> each : List.copyOf(known.entrySet())) {
            Known container = each.getValue();
            List<Resolution> replacement = added.get(each.getKey());
            if (container.pids.isEmpty() && (replacement == null || isRestart(container.entry, replacement))) {
                end(each.getKey(), null);
            }
        }
    }

    private static boolean isRestart(ContainerEntry before, List<Resolution> replacement) {
        return EntryMaker.standingFor(replacement) instanceof Resolution.Resolved now
                && before.namespace() != null
                && !now.init().equals(before.init());
    }

    private void add(ContainerKey key, List<Resolution> fresh) {
        Known container = known.get(key);
        if (container == null) {
            container = start(key, fresh);
        }
        if (container != null) {
            for (Resolution resolution : fresh) {
                container.pids.add(resolution.pid());
            }
        }
    }

    private @Nullable Known start(ContainerKey key, List<Resolution> processes) {
        if (known.size() >= limit) {
            notKept++;
            return null;
        }
        Known container = new Known(maker.describe(EntryMaker.standingFor(processes), clock.instant()), new Pids());
        known.put(key, container);
        inits.merge(container.entry.initPid(), 1, Integer::sum);
        told.remember(key, container.entry);
        tellings.started(container.entry);
        return container;
    }

    private void end(ContainerKey key, @Nullable Integer status) {
        Known container = known.remove(key);
        if (container != null) {
            inits.computeIfPresent(container.entry.initPid(), (pid, count) -> count == 1 ? null : count - 1);
            tellings.ended(container.entry, clock.instant(), status);
        }
    }

    private record Known(ContainerEntry entry, Pids pids) {}
}
