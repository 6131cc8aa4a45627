// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.Resolution;
import io.waybill.inventory.LiveContainers.Live;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final LiveContainers known = new LiveContainers();
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
        return known.all().stream()
                .map(each -> each.entry().withProcesses(Math.max(1, each.pids().size())))
                .toList();
    }

    /** The container's entry that an answer belongs to; none if it belongs to none. */
    public synchronized Optional<ContainerEntry> entryOf(Resolution resolution) {
        return known.of(resolution).map(Live::entry);
    }

    /** The processes of a container that the last look found, as this JVM sees them. */
    public synchronized List<Long> processesOf(ContainerEntry entry) {
        Live container = known.get(ContainerKey.of(entry));
        return container == null ? List.of() : container.pids().toList();
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
        boolean isKnown = resolution instanceof Resolution.Resolved resolved
                && entryOf(resolution)
                        .filter(entry -> resolved.init().equals(entry.init()))
                        .isPresent();
        return !isKnown && maker.isInOtherNamespace(resolution);
    }

    /**
     * Takes in the answer for one process that was observed on its own. Its end is left to the next look at all. On a busy
     * machine the answer may be late: the container has ended by then, and what its runtime wrote down is gone.
     */
    public void observed(Resolution resolution) {
        synchronized (this) {
            ContainerKey.of(resolution).ifPresent(key -> observed(key, resolution));
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
                known.of(resolution).ifPresent(container -> container.pids().remove(resolution.pid()));
            }
            Map<ContainerKey, List<Resolution>> added = new HashMap<>();
            for (Resolution resolution : fresh) {
                ContainerKey.of(resolution)
                        .map(known::current)
                        .ifPresent(key -> added.computeIfAbsent(key, k -> new ArrayList<>())
                                .add(resolution));
            }
            added.forEach(this::nameRuntime);
            endWhatIsLeftEmpty(added);
            added.forEach(this::add);
        }
        tellings.tell();
    }

    /** Forgets which processes were seen, not the containers: for a look at all of them that begins anew. */
    public synchronized void forgetProcesses() {
        known.all().forEach(container -> container.pids().clear());
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
            for (Live container : known.all()) {
                if (container.entry().initPid() == initPid && maker.hasLostItsInit(container.entry())) {
                    end(container, status);
                }
            }
        }
        tellings.tell();
    }

    /** Ends the containers whose init is not there any more; for an agent that does not look at all processes. */
    public void endThoseWithoutInit() {
        synchronized (this) {
            for (Live container : known.all()) {
                if (maker.hasLostItsInit(container.entry())) {
                    end(container, null);
                }
            }
        }
        tellings.tell();
    }

    private void observed(ContainerKey key, Resolution resolution) {
        nameRuntime(key, List.of(resolution));
        Live container = known.get(key);
        if (container != null) {
            learn(container, container.entry().learning(resolution));
        } else if (!told.has(key, resolution)) {
            start(key, List.of(resolution));
        }
    }

    private void endWhatIsLeftEmpty(Map<ContainerKey, List<Resolution>> added) {
        for (Live container : known.all()) {
            List<Resolution> replacement = added.get(container.key());
            if (container.pids().isEmpty()
                    && (replacement == null || EntryMaker.isRestart(container.entry(), replacement))) {
                end(container, null);
            }
        }
    }

    /** A container whose runtime turns out to be this one goes on as that. */
    private void nameRuntime(ContainerKey key, List<Resolution> fresh) {
        if (known.get(key) == null) {
            Resolution standing = EntryMaker.standingFor(fresh);
            known.uncertain(key, standing).ifPresent(container -> {
                known.rename(container, key);
                learn(container, container.entry().as(standing));
                told.remember(key, container.entry());
            });
        }
    }

    private void add(ContainerKey key, List<Resolution> fresh) {
        Live container = known.get(key);
        if (container == null) {
            container = start(key, fresh);
        }
        if (container != null) {
            for (Resolution resolution : fresh) {
                learn(container, container.entry().learning(resolution));
                container.pids().add(resolution.pid());
            }
        }
    }

    private @Nullable Live start(ContainerKey key, List<Resolution> processes) {
        if (known.size() >= limit) {
            notKept++;
            return null;
        }
        Live container = known.add(key, maker.describe(EntryMaker.standingFor(processes), clock.instant()));
        inits.merge(container.entry().initPid(), 1, Integer::sum);
        told.remember(key, container.entry());
        tellings.started(container.entry());
        return container;
    }

    private void learn(Live container, ContainerEntry now) {
        ContainerEntry before = container.entry();
        if (!now.equals(before)) {
            container.learn(now);
            tellings.changed(before, now);
        }
    }

    private void end(Live container, @Nullable Integer status) {
        known.remove(container);
        ContainerEntry entry = container.entry();
        inits.computeIfPresent(entry.initPid(), (pid, count) -> count == 1 ? null : count - 1);
        tellings.ended(entry, clock.instant(), status);
    }
}
