// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a resolver has answered since it was made. */
public final class ResolverCounters {
    private final Map<Resolution.Outcome, LongAdder> looks = adders();
    private final Map<Resolution.Outcome, LongAdder> cacheHits = adders();
    private volatile String lastRefusal = "";

    ResolverCounters() {}

    void count(Answer answer) {
        Resolution resolution = answer.resolution();
        LongAdder adder = (answer.cached() ? cacheHits : looks).get(resolution.outcome());
        if (adder != null) {
            adder.increment();
        }
        if (resolution instanceof Resolution.Refused refused) {
            lastRefusal = refused.reason();
        }
    }

    /** How many answers were of a kind. */
    public long of(Resolution.Outcome outcome) {
        return sum(looks, outcome) + sum(cacheHits, outcome);
    }

    /** How many answers there were. */
    public long total() {
        return sum(looks) + sum(cacheHits);
    }

    /** The reason of the last refused answer; empty if there was none. */
    public String lastRefusal() {
        return lastRefusal;
    }

    /** How many answers came from the cache. */
    public long cacheHits() {
        return sum(cacheHits);
    }

    private static Map<Resolution.Outcome, LongAdder> adders() {
        Map<Resolution.Outcome, LongAdder> adders = new EnumMap<>(Resolution.Outcome.class);
        for (Resolution.Outcome outcome : Resolution.Outcome.values()) {
            adders.put(outcome, new LongAdder());
        }
        return adders;
    }

    private static long sum(Map<Resolution.Outcome, LongAdder> adders) {
        return adders.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private static long sum(Map<Resolution.Outcome, LongAdder> adders, Resolution.Outcome outcome) {
        LongAdder adder = adders.get(outcome);
        return adder == null ? 0 : adder.sum();
    }
}
