// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** What the recordings of a JVM say that they do not have. */
final class Shortfall {
    private long missed;
    private long dropped;
    private long lostBytes;

    /** {@code jdk.DataLoss}: events of a thread for which the JVM had no room. */
    void dataLoss(RecordedEvent event) {
        lostBytes += EventFields.number(event, "amount");
    }

    /**
     * {@code waybill.ResolverStatistics}: what the agent did not look at since its start. The numbers are totals; recordings
     * of before have fewer of them.
     */
    void statistics(RecordedEvent event) {
        missed = Math.max(missed, EventFields.number(event, "missed"));
        dropped = Math.max(dropped, EventFields.number(event, "dropped"));
    }

    /** What a reader should know of it; none if nothing is missing. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (missed + dropped != 0) {
            notes.add("not everything was looked at: events put off or lost " + missed + " times, processes dropped "
                    + dropped + "; containers that lived for less than a period may be missing");
        }
        if (lostBytes != 0) {
            notes.add("the JVM lost " + lostBytes
                    + " bytes of events, for which it had no room: scopes and samples are missing");
        }
        return notes;
    }
}
