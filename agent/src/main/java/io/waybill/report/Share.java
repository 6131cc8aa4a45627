// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.Map;

/**
 * One row of a report: whom work was done for, and what it cost.
 *
 * @param displayName what a reader knows it by; no other row has it
 * @param kind container, pid namespace, own namespace, unknown, others, or no scope
 * @param containerId empty for what is no container
 * @param facts what is known of it
 * @param recordings how many of the recordings know it
 * @param lastSeen when the last of these ended, milliseconds since 1970
 * @param processes distinct processes that were observed in it
 * @param scopes how many were ended
 * @param endedElsewhere those of them that another thread ended; no time and no sample is counted in these
 * @param nanos time of threads in its scopes; of nested scopes the innermost has the time
 * @param totals samples, and bytes allocated, inside its scopes
 * @param childrenFor children that were started inside its scopes
 * @param childrenIn children that were observed to live in it
 * @param stacks of its samples, merged
 */
public record Share(
        String displayName,
        String kind,
        String containerId,
        ContainerFacts facts,
        int recordings,
        long lastSeen,
        int processes,
        long scopes,
        long endedElsewhere,
        long nanos,
        Map<Weight, Long> totals,
        long childrenFor,
        long childrenIn,
        Map<Weight, StackNode> stacks) {
    public Share {
        totals = Map.copyOf(totals);
        stacks = Map.copyOf(stacks);
    }

    public long total(Weight weight) {
        return totals.getOrDefault(weight, 0L);
    }

    public StackNode stack(Weight weight) {
        return stacks.getOrDefault(weight, StackNode.EMPTY);
    }
}
