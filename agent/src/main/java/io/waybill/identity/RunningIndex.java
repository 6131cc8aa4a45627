// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.RuntimeStates;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container of a process that no rule names, by the first processes that runc and crun wrote down: it is in the
 * cgroup of one of them, or in the pid namespace of one.
 */
final class RunningIndex {
    private final ProcFs procFs;
    private final Ancestry ancestry;
    private final RuntimeStates states;
    private final Map<String, ContainerRecord> byCgroup = new HashMap<>();
    private final Map<Long, ContainerRecord> byNamespace = new HashMap<>();
    /** Those whose init was found, in a cgroup of its own that no other has. */
    private final Set<ContainerRecord> settled = new HashSet<>();

    private @Nullable List<ContainerRecord> indexed;

    RunningIndex(ProcFs procFs, Ancestry ancestry, RuntimeStates states) {
        this.procFs = procFs;
        this.ancestry = ancestry;
        this.states = states;
    }

    Optional<ContainerRecord> find(long pid) {
        List<CgroupLine> lines = CgroupLine.parseAll(ProcCgroup.of(procFs, pid).linesOrNone());
        Optional<ContainerRecord> known = own(lines);
        if (known.isPresent()) {
            return known; // what was written down since is of other cgroups
        }
        refresh();
        for (CgroupLine line : lines) {
            Optional<ContainerRecord> nearest = upwards(line.path())
                    .flatMap(path -> alive(byCgroup.get(path)).stream())
                    .findFirst();
            if (nearest.isPresent()) {
                return nearest;
            }
        }
        return alive(byNamespace.get(RunningInit.namespaceOf(pid, procFs)));
    }

    /**
     * The container that has these very cgroups, and an init that no later process can be taken for; none where one of them
     * is below a container's, since another may have been written down for it since.
     */
    private Optional<ContainerRecord> own(List<CgroupLine> lines) {
        Set<ContainerRecord> owners = new HashSet<>();
        for (CgroupLine line : lines) {
            ContainerRecord owner = byCgroup.get(line.path());
            if (owner != null) {
                owners.add(owner);
            } else if (upwards(line.path()).anyMatch(byCgroup::containsKey)) {
                return Optional.empty();
            }
        }
        return owners.size() == 1
                ? alive(owners.iterator().next()).filter(owner -> owner.init().startTicks() != 0)
                : Optional.empty();
    }

    /** The path and those above it, without the root. */
    private static Stream<String> upwards(String path) {
        return Stream.iterate(path, each -> each.length() > 1, each -> each.substring(0, each.lastIndexOf('/')));
    }

    private Optional<ContainerRecord> alive(@Nullable ContainerRecord container) {
        return Optional.ofNullable(container).filter(found -> RunningInit.isAlive(found.init(), procFs));
    }

    /** Reads the inits of those that were written down since; the others' stay what they were. */
    private void refresh() {
        List<ContainerRecord> running = states.running();
        if (running == indexed) {
            return;
        }
        int shortages = procFs.files().shortages();
        Set<ContainerRecord> there = new HashSet<>(running);
        settled.retainAll(there);
        byCgroup.values().removeIf(container -> !there.contains(container));
        byNamespace.values().removeIf(container -> !there.contains(container));
        for (ContainerRecord container : running) {
            if (!settled.contains(container)) {
                RunningInit.of(container, procFs, ancestry).ifPresent(init -> add(container, init));
            }
        }
        // for want of a descriptor one that runs may have been taken for one that does not
        indexed = procFs.files().shortages() == shortages ? running : null;
    }

    private void add(ContainerRecord container, RunningInit init) {
        boolean shared = false;
        for (String path : init.cgroups()) {
            ContainerRecord other = byCgroup.put(path.intern(), container);
            if (other != null && !other.equals(container)) {
                shared = true;
                settled.remove(other); // which has it again when this one is gone
            }
        }
        // crun wrote no start down at first: its pid alone may be another's by now
        boolean certain = container.init().startTicks() != 0 || !init.cgroups().isEmpty();
        boolean first = certain && ancestry.isInit(init.pid());
        if (first && init.namespace() != 0) {
            byNamespace.put(init.namespace(), container);
        }
        if (first && !shared && !init.cgroups().isEmpty()) {
            settled.add(container);
        }
    }
}
