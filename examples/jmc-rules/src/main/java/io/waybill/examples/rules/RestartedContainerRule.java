// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.JfrRuleTopics;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/** Whether containers of one name started again after they had ended. */
public final class RestartedContainerRule extends AbstractRule {
    private static final String STARTED = "waybill.ContainerStarted";
    private static final String ENDED = "waybill.ContainerEnded";
    private static final int MANY = 3;

    /** Called by Mission Control. */
    public RestartedContainerRule() {
        super(
                "io.waybill.RestartedContainer",
                "Restarted Containers",
                JfrRuleTopics.PROCESSES,
                List.of(),
                List.of(TypedResult.SCORE),
                Map.of(STARTED, EventAvailability.AVAILABLE));
    }

    @Override
    protected IResult getResult(
            IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider results) {
        return judge(items).of(this, preferences);
    }

    private static Verdict judge(IItemCollection items) {
        Map<String, Integer> restarts = new TreeMap<>();
        List<IItem> ended = Events.of(items, ENDED);
        for (IItem started : Events.of(items, STARTED)) {
            String name = Events.text(started, "containerName");
            boolean again = ended.stream()
                    .anyMatch(end ->
                            Events.text(end, "containerName").equals(name) && Events.end(end) <= Events.begin(started));
            if (again && !name.isEmpty()) {
                restarts.merge(name, 1, Integer::sum);
            }
        }
        return restarts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(most -> verdict(most.getKey(), most.getValue(), restarts.size(), lastExit(ended, most.getKey())))
                .orElseGet(() -> Verdict.fine("No container was restarted"));
    }

    private static Verdict verdict(String name, int times, int containers, String exit) {
        String summary = "Container " + name + " was restarted " + (times == 1 ? "once" : times + " times");
        String explanation = containers + (containers == 1 ? " container was" : " containers were")
                + " restarted while the recording ran"
                + (exit.isEmpty() ? "." : "; the last end of " + name + ": " + exit + ".");
        String solution = "Look at the Container Ended events: their exit status and lifetime say how it ended.";
        return times >= MANY
                ? Verdict.warning(summary, explanation, solution)
                : Verdict.notice(summary, explanation, solution);
    }

    private static String lastExit(List<IItem> ended, String name) {
        return ended.stream()
                .filter(end -> Events.text(end, "containerName").equals(name))
                .max(Comparator.comparingLong(Events::end))
                .map(end -> Events.text(end, "exitStatus"))
                .orElse("");
    }
}
