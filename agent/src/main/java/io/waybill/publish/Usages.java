// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerIdentity;
import io.waybill.cgroupfs.CgroupFs;
import io.waybill.cgroupfs.Usage;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of the table use. Nothing is read until somebody asks.
 *
 * @param table the containers
 * @param cgroups reads their control groups
 */
public record Usages(ContainerTable table, CgroupFs cgroups) implements ContainerListener {
    /** What a container uses now; none for a namespace without a container, and without a control group of its own. */
    Optional<Usage> of(ContainerEntry entry) {
        return entry.container().flatMap(container -> cgroups.usage(container, processesOf(entry)));
    }

    @Override
    public void started(ContainerEntry container) {}

    @Override
    public void changed(ContainerEntry before, ContainerEntry now) {
        if (!now.identity().equals(before.identity())) {
            before.container().ifPresent(cgroups::forget);
        }
    }

    @Override
    public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        container.container().ifPresent((ContainerIdentity ended) -> cgroups.forget(ended));
    }

    /** Before the first look at all processes only the init is known, which may be that of others. */
    private List<Long> processesOf(ContainerEntry entry) {
        List<Long> pids = table.processesOf(entry);
        return pids.isEmpty() && entry.initPid() != 0 ? List.of(entry.initPid()) : pids;
    }
}
