// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerTable;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.jfr.ResolverStatisticsEvent;
import org.jspecify.annotations.Nullable;

/** Fills the events that tell of answers; with the event switched off, nothing is made of the answer. */
final class AnswerEvents {
    private AnswerEvents() {}

    static void process(String origin, Resolution resolution, boolean joined, ContainerTable table) {
        ProcessObservedEvent event = new ProcessObservedEvent();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(resolution);
        ObservedProcess process = processOf(resolution);
        event.pid = resolution.pid();
        event.command = process == null ? "" : process.command();
        event.origin = origin;
        event.containerId = facts.containerId();
        event.containerName = table.entryOf(resolution)
                .flatMap(ContainerEntry::container)
                .map(container -> container.displayName())
                .orElse(facts.containerName());
        event.initPid = facts.initPid();
        event.pidNamespace = facts.pidNamespace();
        event.pidInside = process == null ? 0 : process.pidInside();
        event.joined = joined;
        event.outcome = resolution.outcome().text();
        event.commit();
    }

    static void resolution(InitResolutionEvent event, Resolution resolution, boolean cached) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(resolution);
        event.pid = resolution.pid();
        event.outcome = resolution.outcome().text();
        event.reason = resolution.reason();
        event.way = facts.way();
        event.initPid = facts.initPid();
        event.pidNamespace = facts.pidNamespace();
        event.cached = cached;
        event.commit();
    }

    static void scope(ContainerScopeEvent event, Resolution resolution, String origin, boolean elsewhere) {
        Facts facts = Facts.of(resolution);
        event.containerId = facts.containerId();
        event.containerName = facts.containerName();
        event.pid = resolution.pid();
        event.initPid = facts.initPid();
        event.pidNamespace = facts.pidNamespace();
        event.origin = origin;
        event.endedElsewhere = elsewhere;
        event.commit();
    }

    static void statistics(AgentFigures figures) {
        ResolverStatisticsEvent event = new ResolverStatisticsEvent();
        event.way = figures.way();
        event.resolutions = figures.counters().total();
        event.containers = figures.counters().of(Resolution.Outcome.CONTAINER);
        event.namespaces = figures.counters().of(Resolution.Outcome.NAMESPACE);
        event.refused = figures.counters().of(Resolution.Outcome.REFUSED);
        event.gone = figures.counters().of(Resolution.Outcome.GONE);
        event.cacheHits = figures.counters().cacheHits();
        event.dropped = figures.dropped();
        event.missed = figures.putOff() + figures.lost();
        event.hookErrors = figures.hookErrors();
        event.commit();
    }

    private static @Nullable ObservedProcess processOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.process();
        }
        return resolution instanceof Resolution.Refused refused ? refused.process() : null;
    }
}
