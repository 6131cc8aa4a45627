// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.examples.rules;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.JfrRuleTopics;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/** Whether another container used most of the machine, or met its limit, while this JVM was paused for garbage collection. */
public final class NoisyNeighbourRule extends AbstractRule {
    private static final String USAGE = "waybill.ContainerUsage";
    private static final double MOST = 0.5;
    private static final double OFTEN = 0.25;

    /** Called by Mission Control. */
    public NoisyNeighbourRule() {
        super(
                "io.waybill.NoisyNeighbour",
                "Noisy Neighbour Container",
                JfrRuleTopics.PROCESSES,
                List.of(),
                List.of(TypedResult.SCORE),
                Map.of(USAGE, EventAvailability.AVAILABLE));
    }

    @Override
    protected IResult getResult(
            IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider results) {
        return judge(items).of(this, preferences);
    }

    private static Verdict judge(IItemCollection items) {
        Set<String> own = Events.of(items, "waybill.ProcessObserved").stream()
                .filter(event -> Events.text(event, "origin").equals("self"))
                .map(event -> Events.text(event, "containerId"))
                .collect(Collectors.toSet());
        List<IItem> pauses = Events.of(items, "jdk.GCPhasePause");
        Map<String, Integer> loud = new LinkedHashMap<>();
        for (IItem usage : Events.of(items, USAGE)) {
            int met = isLoud(usage) && !own.contains(Events.text(usage, "containerId"))
                    ? (int) pauses.stream()
                            .filter(pause -> Events.overlap(pause, usage))
                            .count()
                    : 0;
            if (met > 0) {
                loud.merge(Events.text(usage, "containerName"), met, Integer::sum);
            }
        }
        return loud.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(loudest -> Verdict.warning(
                        "Container " + loudest.getKey() + " was busy during " + loudest.getValue() + " of "
                                + pauses.size() + " garbage collection pauses",
                        "A pause takes longer while the collector waits for processors that others use. In this time the"
                                + " container used at least half of the machine, or was stopped for having met its limit"
                                + " in a quarter of the periods: " + String.join(", ", loud.keySet()) + ".",
                        "Look at the Container Usage events beside the pauses. Give the container a lower limit or other"
                                + " processors (cpuset), or move it to another machine."))
                .orElseGet(() -> Verdict.fine("No other container was busy while this JVM was paused"));
    }

    private static boolean isLoud(IItem usage) {
        return Events.share(usage, "cpuUsage") >= MOST || Events.share(usage, "throttled") >= OFTEN;
    }
}
