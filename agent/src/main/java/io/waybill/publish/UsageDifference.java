// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.cgroupfs.Usage;
import io.waybill.cgroupfs.Usage.Throttling;
import org.jspecify.annotations.Nullable;

/**
 * What was used between two looks; not a number where that is not known.
 *
 * @param cpu how many processors were used at a time
 * @param throttled the share of periods in which the limit was met; 0 if there was no period
 * @param read bytes read
 * @param written bytes written
 * @param cpuPressure the share of time in which a task waited for a processor
 * @param memoryPressure the share of time in which a task waited for memory
 * @param diskPressure the share of time in which a task waited for a block device
 */
record UsageDifference(
        float cpu,
        float throttled,
        long read,
        long written,
        float cpuPressure,
        float memoryPressure,
        float diskPressure) {
    private static final float UNKNOWN = Float.NaN;

    static final UsageDifference NONE = new UsageDifference(UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN);

    static UsageDifference between(Usage before, Usage now, long nanos) {
        UsageFigures from = UsageFigures.of(before);
        UsageFigures to = UsageFigures.of(now);
        boolean pressure = before.pressure() != null && now.pressure() != null;
        boolean disk = before.disk() != null && now.disk() != null;
        return new UsageDifference(
                before.cpu() == null || now.cpu() == null ? UNKNOWN : ratio(to.cpuNanos() - from.cpuNanos(), nanos),
                throttled(throttling(before), throttling(now)),
                disk ? Math.max(0, to.bytesRead() - from.bytesRead()) : 0,
                disk ? Math.max(0, to.bytesWritten() - from.bytesWritten()) : 0,
                pressure ? share(1000 * (to.cpuPressureMicros() - from.cpuPressureMicros()), nanos) : UNKNOWN,
                pressure ? share(1000 * (to.memoryPressureMicros() - from.memoryPressureMicros()), nanos) : UNKNOWN,
                pressure ? share(1000 * (to.diskPressureMicros() - from.diskPressureMicros()), nanos) : UNKNOWN);
    }

    private static float throttled(@Nullable Throttling before, @Nullable Throttling now) {
        if (before == null || now == null) {
            return UNKNOWN;
        }
        long periods = now.periods() - before.periods();
        return periods <= 0 ? 0 : share(now.throttled() - before.throttled(), periods);
    }

    /** At most 1: on a busy machine the clock is read some time after the file, which makes more of a part than a whole. */
    private static float share(long part, long whole) {
        return Math.min(1, ratio(part, whole));
    }

    /** A container that was replaced between the looks may have used less than the one before. */
    private static float ratio(long part, long whole) {
        return part < 0 || whole <= 0 ? UNKNOWN : (float) ((double) part / whole);
    }

    private static @Nullable Throttling throttling(Usage usage) {
        return usage.cpu() == null ? null : usage.cpu().throttling();
    }
}
