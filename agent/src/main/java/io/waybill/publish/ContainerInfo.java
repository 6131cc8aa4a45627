// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ObservedProcess;
import io.waybill.inventory.ContainerEntry;

/** A row of the table of containers. */
public record ContainerInfo(
        String name,
        String id,
        String runtime,
        String image,
        long initPid,
        String initCommand,
        long pidNamespace,
        int depth,
        int processes,
        long startMillis,
        String sharedWith,
        String podUid,
        String podName,
        String podNamespace,
        String cgroupPath,
        String provenance) {
    static ContainerInfo of(ContainerEntry entry) {
        Facts facts = Facts.of(entry);
        ObservedProcess init = entry.initProcess();
        return new ContainerInfo(
                entry.displayName(),
                facts.containerId(),
                facts.runtime(),
                facts.image(),
                facts.initPid(),
                init == null ? "" : init.command(),
                facts.pidNamespace(),
                facts.depth(),
                entry.processes(),
                entry.start().toEpochMilli(),
                entry.sharedWith(),
                facts.podUid(),
                facts.podName(),
                facts.podNamespace(),
                facts.cgroupPath(),
                facts.provenance());
    }
}
