// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.testing.LimitedGroup;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What a recording says that a container uses which takes all the processor time it can get in a {@link LimitedGroup}.
 *
 * @param events all of the recording
 * @param containerId the container's
 */
record ContainerUse(List<RecordedEvent> events, String containerId) {
    /** Compares with what is so; the guests' kernels have no block devices, hence no account of them. */
    void compare(String what, boolean pressure, Verdict verdict) {
        RecordedEvent usage = last("waybill.ContainerUsage");
        RecordedEvent totals = last("waybill.ContainerTotals");
        if (usage == null || totals == null) {
            verdict.require(what + "usage and totals", false, usage + ", " + totals);
            return;
        }
        verdict.compare(what + "memory limit", LimitedGroup.MEMORY_LIMIT, usage.getLong("memoryLimit"));
        verdict.compare(what + "CPU limit", LimitedGroup.CPU_LIMIT, totals.getDouble("cpuLimit"));
        verdict.compare(what + "tasks limit", LimitedGroup.TASKS_LIMIT, totals.getLong("tasksLimit"));
        verdict.compare(what + "tasks", 2L, usage.getLong("tasks"));
        long memory = usage.getLong("memory");
        verdict.require(what + "memory", memory > 0 && memory <= LimitedGroup.MEMORY_LIMIT, usage);
        float cpu = usage.getFloat("cpuUsage");
        verdict.require(what + "CPU usage", cpu > 0 && cpu < 0.5, usage);
        verdict.require(what + "CPU time", totals.getDuration("cpuTime").toMillis() > 0, totals);
        verdict.require(what + "throttled", usage.getFloat("throttled") > 0.2, usage);
        verdict.require(
                what + "throttled time", totals.getDuration("throttledTime").toMillis() > 0, totals);
        verdict.require(what + "throttled periods", totals.getLong("throttledPeriods") > 0, totals);
        float waited = usage.getFloat("cpuPressure");
        verdict.require(what + "CPU pressure", pressure ? waited > 0.2 : Float.isNaN(waited), usage);
        long waitedInAll = totals.getDuration("cpuPressureTime").toMillis();
        verdict.require(what + "CPU pressure time", pressure == waitedInAll > 0, totals);
        verdict.require(what + "memory pressure", pressure != Float.isNaN(usage.getFloat("memoryPressure")), usage);
    }

    private RecordedEvent last(String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getString("containerId").equals(containerId))
                .reduce((one, other) -> one.getStartTime().isAfter(other.getStartTime()) ? one : other)
                .orElse(null);
    }
}
