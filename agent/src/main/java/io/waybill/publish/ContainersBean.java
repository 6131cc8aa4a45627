// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.PidResolver;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerTable;

/** The table of containers as a bean. */
record ContainersBean(ContainerTable table, PidResolver resolver, Runnable refresher) implements ContainersMXBean {
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
