// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.Resolution;

/** The answer for one pid, as a console shows it. */
public record ResolutionInfo(
        long pid,
        String outcome,
        String reason,
        String containerId,
        String containerName,
        String runtime,
        String image,
        String podName,
        String podNamespace,
        long initPid,
        String way,
        long pidNamespace,
        int depth,
        String cgroupPath,
        String provenance) {
    static ResolutionInfo of(Resolution resolution) {
        Facts facts = Facts.of(resolution);
        return new ResolutionInfo(
                resolution.pid(),
                resolution.outcome().text(),
                resolution.reason(),
                facts.containerId(),
                facts.containerName(),
                facts.runtime(),
                facts.image(),
                facts.podName(),
                facts.podNamespace(),
                facts.initPid(),
                facts.way(),
                facts.pidNamespace(),
                facts.depth(),
                facts.cgroupPath(),
                facts.provenance());
    }
}
