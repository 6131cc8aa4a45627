// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;

/** What the agent says that it did not look at, from its start to the end of a recording. */
final class Shortfall {
    private long missed;
    private long dropped;

    /** {@code waybill.ResolverStatistics}, whose numbers are totals; recordings of before have fewer of them. */
    void statistics(RecordedEvent event) {
        missed = Math.max(missed, number(event, "missed"));
        dropped = Math.max(dropped, number(event, "dropped"));
    }

    /** What a reader should know of it; none if nothing was left out. */
    Optional<String> note() {
        if (missed + dropped == 0) {
            return Optional.empty();
        }
        return Optional.of("not everything was looked at: events put off or lost " + missed
                + " times, processes dropped " + dropped
                + "; containers that lived for less than a period may be missing");
    }

    private static long number(RecordedEvent event, String field) {
        return event.hasField(field) ? EventFields.number(event, field) : 0;
    }
}
