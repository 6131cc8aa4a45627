// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a resolver has answered since it was made. */
public final class ResolverCounters {
    private final Map<Resolution.Outcome, LongAdder> byOutcome = new EnumMap<>(Resolution.Outcome.class);
    private final LongAdder cacheHits = new LongAdder();
    private volatile String lastRefusal = "";

    ResolverCounters() {
        for (Resolution.Outcome outcome : Resolution.Outcome.values()) {
            byOutcome.put(outcome, new LongAdder());
        }
    }

    void count(Answer answer) {
        LongAdder adder = byOutcome.get(answer.resolution().outcome());
        if (adder != null) {
            adder.increment();
        }
        if (answer.cached()) {
            cacheHits.increment();
        }
        if (answer.resolution() instanceof Resolution.Refused refused) {
            lastRefusal = refused.reason();
        }
    }

    /** How many answers were of a kind. */
    public long of(Resolution.Outcome outcome) {
        LongAdder adder = byOutcome.get(outcome);
        return adder == null ? 0 : adder.sum();
    }

    /** How many answers there were. */
    public long total() {
        return byOutcome.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** The reason of the last refused answer; empty if there was none. */
    public String lastRefusal() {
        return lastRefusal;
    }

    /** How many answers came from the cache. */
    public long cacheHits() {
        return cacheHits.sum();
    }
}
