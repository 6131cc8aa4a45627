// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerIdentity;
import io.waybill.cgroupfs.Usage;
import io.waybill.inventory.ContainerEntry;
import io.waybill.jfr.ContainerTotalsEvent;
import io.waybill.jfr.ContainerUsageEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes what each container uses, from one look to the next; used in one thread. */
final class UsageEvents {
    /** Of looks that waited in the queue together, the second would measure next to nothing. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long NANOS_PER_MICRO = 1000;

    private final Usages usages;
    private Map<String, Look> before = new HashMap<>();
    private long lookedAt;

    UsageEvents(Usages usages) {
        this.usages = usages;
    }

    /** Looks once: an event for each container. Of the first look, what needs two of them is not a number. */
    void look() {
        if (!before.isEmpty() && System.nanoTime() - lookedAt < SHORTEST_NANOS) {
            return;
        }
        Map<String, Look> now = new HashMap<>();
        int processors = usages.cgroups().processors();
        for (ContainerEntry entry : usages.table().entries()) {
            usages.of(entry).ifPresent(usage -> {
                String key = entry.container().map(UsageEvents::key).orElse("");
                long nanoTime = System.nanoTime();
                write(entry, before.get(key), usage, nanoTime, processors);
                now.put(key, new Look(usage, nanoTime, begun()));
            });
        }
        before = now;
        lookedAt = System.nanoTime(); // at the end, since on a busy machine a look takes its time, too
    }

    /** No recording runs, so that the next look is again a first. */
    void reset() {
        before = new HashMap<>();
    }

    private static void write(ContainerEntry entry, @Nullable Look last, Usage usage, long nanoTime, int processors) {
        ContainerUsageEvent event = last == null ? begun() : last.event;
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(entry);
        UsageDifference difference = last == null
                ? UsageDifference.NONE
                : UsageDifference.between(last.usage, usage, nanoTime - last.nanoTime);
        UsageFigures figures = UsageFigures.of(usage);
        event.containerId = facts.containerId();
        event.containerName = facts.containerName();
        event.cpuUsage = Math.min(1, difference.cpu() / processors);
        event.throttled = difference.throttled();
        event.memory = figures.memoryBytes();
        event.memoryLimit = figures.memoryLimit();
        event.tasks = figures.tasks();
        event.bytesRead = difference.read();
        event.bytesWritten = difference.written();
        event.cpuPressure = difference.cpuPressure();
        event.memoryPressure = difference.memoryPressure();
        event.ioPressure = difference.diskPressure();
        event.commit();
    }

    /** Writes what each has used since it started. */
    void totals() {
        for (ContainerEntry entry : usages.table().entries()) {
            usages.of(entry).ifPresent(usage -> writeTotals(entry, usage));
        }
    }

    private static void writeTotals(ContainerEntry entry, Usage usage) {
        ContainerTotalsEvent event = new ContainerTotalsEvent();
        UsageFigures figures = UsageFigures.of(usage);
        Facts facts = Facts.of(entry);
        event.containerId = facts.containerId();
        event.containerName = facts.containerName();
        event.cpuTime = figures.cpuNanos();
        event.cpuLimit = figures.cpuLimit();
        event.throttledTime = figures.throttledNanos();
        event.throttledPeriods = figures.throttledPeriods();
        event.tasksLimit = figures.tasksLimit();
        event.bytesRead = figures.bytesRead();
        event.bytesWritten = figures.bytesWritten();
        event.cpuPressureTime = NANOS_PER_MICRO * figures.cpuPressureMicros();
        event.memoryPressureTime = NANOS_PER_MICRO * figures.memoryPressureMicros();
        event.ioPressureTime = NANOS_PER_MICRO * figures.diskPressureMicros();
        event.commit();
    }

    private static String key(ContainerIdentity container) {
        return container.runtime() + " " + container.id();
    }

    private static ContainerUsageEvent begun() {
        ContainerUsageEvent event = new ContainerUsageEvent();
        event.begin();
        return event;
    }

    /** A look at one container: what it had used by then, and the event that begins there. */
    private record Look(Usage usage, long nanoTime, ContainerUsageEvent event) {}
}
