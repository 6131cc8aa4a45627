// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.consumer.RecordedEvent;

/** How often a JVM sampled its CPU, as far as its recordings say so. */
final class SampleRates {
    private static final int MOST = 10_000;

    /** Nanoseconds: a JVM reckons in ticks, and what it says of one period differs by some. */
    private static final double ROUND = 10_000;

    private final Map<Long, Set<String>> periods = new HashMap<>();
    private final Set<Long> executionSamples = new HashSet<>();
    private final Set<String> executionPeriods = new TreeSet<>();
    private long cpuTimePeriod = Long.MAX_VALUE; // the shortest: a sample can stand for several that were missed

    /** Types have other numbers in a chunk that somebody else has written. */
    void endOfChunk() {
        executionSamples.forEach(type -> executionPeriods.addAll(periods.getOrDefault(type, Set.of())));
        executionSamples.clear();
        periods.clear();
    }

    /**
     * {@code jdk.ActiveSetting}.
     *
     * <pre>
     * id = 109, name = "period", value = "20 ms"
     *      (1)
     * (1) of the type of events that has the setting
     * </pre>
     */
    void setting(RecordedEvent event) {
        if (EventFields.text(event, "name").equals("period") && periods.size() < MOST) {
            periods.computeIfAbsent(EventFields.number(event, "id"), any -> new HashSet<>())
                    .add(EventFields.text(event, "value").replace(" ", ""));
        }
    }

    /** {@code jdk.ExecutionSample} or {@code jdk.CPUTimeSample}, which says for itself how much time it stands for. */
    void sample(RecordedEvent event, Sample.Kind kind) {
        if (kind == Sample.Kind.EXECUTION) {
            executionSamples.add(event.getEventType().getId());
        } else if (kind == Sample.Kind.CPU_TIME) {
            long period = EventFields.timespan(event, "samplingPeriod");
            cpuTimePeriod = period > 0 ? Math.min(period, cpuTimePeriod) : cpuTimePeriod;
        }
    }

    /** The periods of what CPU is weighed by, as a rule one; none if that was not sampled, or they are not known. */
    Set<String> of(Weight cpu) {
        endOfChunk();
        if (cpu == Weight.EXECUTION) {
            return executionPeriods;
        }
        return cpuTimePeriod == Long.MAX_VALUE
                ? Set.of()
                : Set.of(String.format(Locale.ROOT, "%.2fms", Math.round(cpuTimePeriod / ROUND) * ROUND / 1e6));
    }
}
