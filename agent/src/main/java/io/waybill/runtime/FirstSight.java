// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.Resolution;
import io.waybill.observe.Observation;
import io.waybill.observe.Origin;
import io.waybill.observe.ProcessSink;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes note of a process the first time that a scope is opened for it. */
final class FirstSight implements Consumer<Resolution> {
    private static final int LIMIT = 4096;
    private static final int RECENT = 64;

    private final Set<Seen> seen = ConcurrentHashMap.newKeySet();
    /** The last answer by pid, which is the same object for as long as it is remembered. */
    private final AtomicReferenceArray<@Nullable Resolution> recent = new AtomicReferenceArray<>(RECENT);

    private final ProcessSink sink;

    FirstSight(ProcessSink sink) {
        this.sink = sink;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // to compare what is in them would take longer than the set does
    public void accept(Resolution resolution) {
        int slot = (int) resolution.pid() & (RECENT - 1);
        if (recent.getOpaque(slot) == resolution) {
            return;
        }
        recent.setOpaque(slot, resolution);
        if (seen.size() >= LIMIT) {
            seen.clear(); // those that live are told of again
        }
        if (seen.add(new Seen(resolution.pid(), start(resolution)))) {
            sink.observed(Observation.of(resolution.pid(), Origin.SCOPE));
        }
    }

    private static @Nullable Instant start(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.process().start();
        }
        return resolution instanceof Resolution.Refused refused
                ? refused.process().start()
                : null;
    }

    /** A pid, and since when it means this process. */
    private record Seen(long pid, @Nullable Instant start) {}
}
