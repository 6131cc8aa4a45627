// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

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
        double read,
        double written,
        float cpuPressure,
        float memoryPressure,
        float diskPressure) {
    private static final float UNKNOWN = Float.NaN;

    /** Of one look: no byte yet, where bytes are counted, and no share. */
    static UsageDifference first(UsageCounters now) {
        return new UsageDifference(
                UNKNOWN,
                UNKNOWN,
                more(now.bytesRead(), now.bytesRead()),
                more(now.bytesWritten(), now.bytesWritten()),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN);
    }

    static UsageDifference between(UsageCounters before, UsageCounters now, long nanos) {
        return new UsageDifference(
                ratio(before.cpuNanos(), now.cpuNanos(), nanos),
                throttled(before, now),
                more(before.bytesRead(), now.bytesRead()),
                more(before.bytesWritten(), now.bytesWritten()),
                waited(before.cpuPressureMicros(), now.cpuPressureMicros(), nanos),
                waited(before.memoryPressureMicros(), now.memoryPressureMicros(), nanos),
                waited(before.diskPressureMicros(), now.diskPressureMicros(), nanos));
    }

    private static float throttled(UsageCounters before, UsageCounters now) {
        boolean known = before.periods() >= 0 && now.periods() >= 0;
        return known && now.periods() <= before.periods()
                ? 0
                : share(before.throttledPeriods(), now.throttledPeriods(), now.periods() - before.periods());
    }

    private static double more(long before, long now) {
        return before < 0 || now < 0 ? UNKNOWN : Math.max(0, now - before);
    }

    private static float waited(long before, long now, long nanos) {
        return share(1000 * before, 1000 * now, nanos);
    }

    /** At most 1: on a busy machine the clock is read some time after the file, which makes more of a part than a whole. */
    private static float share(long before, long now, long whole) {
        return Math.min(1, ratio(before, now, whole));
    }

    /** A container that was replaced between the looks may have used less than the one before. */
    private static float ratio(long before, long now, long whole) {
        return before < 0 || now < before || whole <= 0 ? UNKNOWN : (float) ((double) (now - before) / whole);
    }
}
