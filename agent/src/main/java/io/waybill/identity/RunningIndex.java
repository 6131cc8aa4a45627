// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.metadata.ContainerRecord;
import io.waybill.metadata.RuntimeStates;
import io.waybill.procfs.CgroupLine;
import io.waybill.procfs.ProcCgroup;
import io.waybill.procfs.ProcFs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private @Nullable List<ContainerRecord> indexed;

    RunningIndex(ProcFs procFs, Ancestry ancestry, RuntimeStates states) {
        this.procFs = procFs;
        this.ancestry = ancestry;
        this.states = states;
    }

    Optional<ContainerRecord> find(long pid) {
        refresh();
        for (CgroupLine line : CgroupLine.parseAll(ProcCgroup.of(procFs, pid).linesOrNone())) {
            for (String path = line.path(); path.length() > 1; path = path.substring(0, path.lastIndexOf('/'))) {
                Optional<ContainerRecord> container = alive(byCgroup.get(path));
                if (container.isPresent()) {
                    return container;
                }
            }
        }
        return alive(byNamespace.get(RunningInit.namespaceOf(pid, procFs)));
    }

    private Optional<ContainerRecord> alive(@Nullable ContainerRecord container) {
        return Optional.ofNullable(container).filter(found -> RunningInit.isAlive(found.init(), procFs));
    }

    private void refresh() {
        List<ContainerRecord> running = states.running();
        if (running == indexed) {
            return;
        }
        indexed = running;
        byCgroup.clear();
        byNamespace.clear();
        for (ContainerRecord container : running) {
            RunningInit.of(container, procFs, ancestry).ifPresent(init -> add(container, init));
        }
    }

    private void add(ContainerRecord container, RunningInit init) {
        init.cgroups().forEach(path -> byCgroup.put(path.intern(), container));
        boolean first = ancestry.isInit(init.pid());
        if (first && init.namespace() != 0) {
            byNamespace.put(init.namespace(), container);
        }
    }
}
