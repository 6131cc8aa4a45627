// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmc.common.IMCThread;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.JfrAttributes;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.JfrRuleTopics;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/** Whether most samples were taken while the JVM worked on behalf of one container. */
public final class BusiestContainerRule extends AbstractRule {
    private static final String SCOPE = "waybill.ContainerScope";
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final int ENOUGH = 20;

    /** Called by Mission Control. */
    public BusiestContainerRule() {
        super(
                "io.waybill.BusiestContainer",
                "Work on Behalf of One Container",
                JfrRuleTopics.METHOD_PROFILING,
                List.of(),
                List.of(TypedResult.SCORE),
                Map.of(SCOPE, EventAvailability.AVAILABLE, SAMPLE, EventAvailability.AVAILABLE));
    }

    @Override
    protected IResult getResult(
            IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider results) {
        return judge(items).of(this, preferences);
    }

    private static Verdict judge(IItemCollection items) {
        Map<Long, List<IItem>> scopes = new HashMap<>();
        for (IItem scope : Events.of(items, SCOPE)) {
            scopes.computeIfAbsent(thread(scope), id -> new ArrayList<>()).add(scope);
        }
        List<IItem> samples = Events.of(items, SAMPLE);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (IItem sample : samples) {
            long thread = thread(sample);
            innermost(scopes.getOrDefault(thread, List.of()), Events.begin(sample))
                    .ifPresent(scope -> counts.merge(Events.text(scope, "containerName"), 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .filter(busiest -> samples.size() >= ENOUGH && 2 * busiest.getValue() > samples.size())
                .map(busiest -> Verdict.notice(
                        100 * busiest.getValue() / samples.size() + " % of the samples belong to container "
                                + (busiest.getKey().isEmpty() ? "(none)" : busiest.getKey()),
                        busiest.getValue() + " of " + samples.size() + " execution samples were taken in threads that"
                                + " worked on behalf of this container at the time.",
                        "Look at what it asks for, and how often. The events Container Scope say which threads worked"
                                + " for it, and when."))
                .orElseGet(() -> Verdict.fine("No container has most of the samples"));
    }

    /** Of the scopes of one thread that were open at a time, the one that was opened last. */
    private static Optional<IItem> innermost(List<IItem> scopes, long time) {
        return scopes.stream()
                .filter(scope -> Events.begin(scope) <= time && time <= Events.end(scope))
                .max(Comparator.comparingLong(Events::begin));
    }

    /** Mission Control calls the sampled thread the event's. */
    private static long thread(IItem event) {
        IMCThread thread = Events.value(event, JfrAttributes.EVENT_THREAD);
        return thread == null || thread.getThreadId() == null ? -1 : thread.getThreadId();
    }
}
