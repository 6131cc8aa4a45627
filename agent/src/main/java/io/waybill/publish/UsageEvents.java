// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.cgroupfs.Usage;
import io.waybill.cgroupfs.Usage.Disk;
import io.waybill.cgroupfs.Usage.Pressure;
import io.waybill.inventory.ContainerEntry;
import io.waybill.jfr.ContainerPressureEvent;
import io.waybill.jfr.ContainerTotalsEvent;
import io.waybill.jfr.ContainerUsageEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes what each container uses, from one look to the next; used in one thread. */
final class UsageEvents {
    /** Of looks that waited in the queue together, the second would measure next to nothing. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long NANOS_PER_MICRO = 1000;

    private final Usages usages;
    private Map<Key, Look> before = new HashMap<>();
    private long lookedAt;

    UsageEvents(Usages usages) {
        this.usages = usages;
    }

    /** Looks once: an event for each container, or two. Of the first look, what needs two of them is not a number. */
    void look() {
        if (!before.isEmpty() && System.nanoTime() - lookedAt < SHORTEST_NANOS) {
            return;
        }
        Map<Key, Look> now = new HashMap<>();
        int processors = usages.cgroups().processors();
        for (ContainerEntry entry : usages.table().entries()) {
            usages.of(entry).ifPresent(usage -> {
                Key key = Key.of(entry.container().orElseThrow()); // what has no container has no usage
                Look last = before.get(key);
                Look begun = last == null ? Look.begun(usage) : last;
                Look look = Look.begun(usage); // not before the first one's, which would stand behind the second then
                UsageDifference difference = last == null
                        ? UsageDifference.first(look.counters)
                        : UsageDifference.between(last.counters, look.counters, look.nanoTime - last.nanoTime);
                writeUsage(begun.used, entry, usage, difference, processors);
                writePressure(begun.waited, entry, usage, difference);
                now.put(key, look);
            });
        }
        before = now;
        lookedAt = System.nanoTime(); // at the end, since on a busy machine a look takes its time, too
    }

    /** No recording runs, so that the next look is again a first. */
    void reset() {
        before = new HashMap<>();
    }

    private static void writeUsage(
            ContainerUsageEvent event, ContainerEntry entry, Usage usage, UsageDifference difference, int processors) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(entry);
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
        event.commit();
    }

    /** Where the kernel does not account for pressure, there is no event. */
    private static void writePressure(
            ContainerPressureEvent event, ContainerEntry entry, Usage usage, UsageDifference difference) {
        event.end();
        Pressure pressure = usage.pressure();
        if (pressure == null || !event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(entry);
        event.containerId = facts.containerId();
        event.containerName = facts.containerName();
        event.cpuPressure = difference.cpuPressure();
        event.memoryPressure = difference.memoryPressure();
        event.ioPressure = difference.diskPressure();
        event.cpuPressureTime = NANOS_PER_MICRO * pressure.cpuMicros();
        event.memoryPressureTime = NANOS_PER_MICRO * pressure.memoryMicros();
        event.ioPressureTime = NANOS_PER_MICRO * pressure.diskMicros();
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
        Disk disk = usage.disk();
        event.bytesRead = disk == null ? Double.NaN : disk.read();
        event.bytesWritten = disk == null ? Double.NaN : disk.written();
        event.commit();
    }

    /** A container. */
    private record Key(ContainerRuntime runtime, String id) {
        static Key of(ContainerIdentity container) {
            return new Key(container.runtime(), container.id());
        }
    }

    /** A look at one container: what it had used by then, and the events that begin there. */
    private record Look(
            UsageCounters counters, long nanoTime, ContainerUsageEvent used, ContainerPressureEvent waited) {
        static Look begun(Usage usage) {
            Look look = new Look(
                    UsageCounters.of(usage),
                    System.nanoTime(),
                    new ContainerUsageEvent(),
                    new ContainerPressureEvent());
            look.used.begin();
            look.waited.begin();
            return look;
        }
    }
}
