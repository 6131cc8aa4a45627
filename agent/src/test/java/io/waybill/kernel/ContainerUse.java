// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import io.waybill.testing.LimitedGroup;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What a recording says that a container uses which takes all the processor time it can get in a {@link LimitedGroup}.
 *
 * @param events all of the recording
 * @param containerId the container's
 */
record ContainerUse(List<RecordedEvent> events, String containerId) {
    /**
     * Compares with what is so. A look may fall into the time that a container is stopped for, which on a busy machine is
     * long; so one of the looks has to see it run.
     */
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
        verdict.require(what + "CPU usage", isShare("waybill.ContainerUsage", "cpuUsage", 0), usage);
        verdict.require(what + "CPU time", totals.getDuration("cpuTime").toMillis() > 0, totals);
        verdict.require(what + "throttled", isShare("waybill.ContainerUsage", "throttled", 0.2f), usage);
        verdict.require(
                what + "throttled time", totals.getDuration("throttledTime").toMillis() > 0, totals);
        verdict.require(what + "throttled periods", totals.getLong("throttledPeriods") > 0, totals);
        RecordedEvent waited = last("waybill.ContainerPressure");
        verdict.require(what + "pressure", pressure == (waited != null), waited);
        if (waited != null) {
            verdict.require(what + "CPU pressure", isShare("waybill.ContainerPressure", "cpuPressure", 0.2f), waited);
            verdict.require(
                    what + "CPU pressure time",
                    waited.getDuration("cpuPressureTime").toMillis() > 0,
                    waited);
            verdict.require(what + "memory pressure", !Float.isNaN(waited.getFloat("memoryPressure")), waited);
        }
    }

    /**
     * Compares with what went to and from the disk, to the byte: once for each recording so far. Where the kernel does not
     * count it, that is nothing, and not none.
     *
     * @param rounds how many recordings there were; 0 where the kernel does not count
     */
    void compareDisk(String what, int rounds, Verdict verdict) {
        compareDisk(what, "bytesRead", OciContainer.BYTES_READ, rounds, verdict);
        compareDisk(what, "bytesWritten", OciContainer.BYTES_WRITTEN, rounds, verdict);
    }

    private void compareDisk(String what, String field, double bytes, int rounds, Verdict verdict) {
        double used = of("waybill.ContainerUsage")
                .mapToDouble(event -> event.getDouble(field))
                .sum();
        verdict.compare(what + field, rounds == 0 ? Double.NaN : bytes, used);
        RecordedEvent totals = last("waybill.ContainerTotals");
        double total = totals == null ? 0 : totals.getDouble(field);
        verdict.compare(what + "total " + field, rounds == 0 ? Double.NaN : rounds * bytes, total);
    }

    /** Whether a share was more than this in one of the looks, and in none more than all. */
    private boolean isShare(String type, String field, float more) {
        List<Float> shares = of(type).map(event -> event.getFloat(field)).toList();
        return shares.stream().anyMatch(share -> share > more)
                && shares.stream().noneMatch(share -> share > 1);
    }

    private RecordedEvent last(String type) {
        return of(type).reduce((one, other) -> one.getStartTime().isAfter(other.getStartTime()) ? one : other)
                .orElse(null);
    }

    private Stream<RecordedEvent> of(String type) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getString("containerId").equals(containerId));
    }
}
