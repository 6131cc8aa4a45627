// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.PidResolver;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The table of containers as a bean. */
record ContainersBean(
        ContainerTable table,
        PidResolver resolver,
        Runnable refresher,
        LifecycleCounts counts,
        LongSupplier droppedNotifications)
        implements ContainersMXBean {
    @Override
    public int getContainerCount() {
        return (int) table.entries().stream()
                .filter(entry -> entry.container().isPresent())
                .count();
    }

    @Override
    public int getNamespaceCount() {
        return table.entries().size() - getContainerCount();
    }

    @Override
    public int getProcessCount() {
        return table.entries().stream().mapToInt(ContainerEntry::processes).sum();
    }

    @Override
    public long getStartedCount() {
        return counts.startedSoFar();
    }

    @Override
    public long getEndedCount() {
        return counts.endedSoFar();
    }

    @Override
    public long getNotKeptCount() {
        return table.notKept();
    }

    @Override
    public long getDroppedNotificationCount() {
        return droppedNotifications.getAsLong();
    }

    @Override
    public Map<String, Long[]> getProcesses() {
        Map<String, Long[]> processes = new LinkedHashMap<>();
        for (ContainerEntry entry : table.entries()) {
            String name = entry.displayName();
            processes.put(
                    processes.containsKey(name) ? name + " (init " + entry.initPid() + ")" : name,
                    table.processesOf(entry).toArray(Long[]::new));
        }
        return processes;
    }

    @Override
    public ContainerInfo[] getContainers() {
        return table.entries().stream().map(ContainerInfo::of).toArray(ContainerInfo[]::new);
    }

    @Override
    public ResolutionInfo resolve(long pid) {
        return ResolutionInfo.of(resolver.resolve(pid));
    }

    @Override
    public void refresh() {
        refresher.run();
    }
}
