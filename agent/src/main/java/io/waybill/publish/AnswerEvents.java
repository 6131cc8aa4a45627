// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerTable;
import io.waybill.jfr.ContainerEndedEvent;
import io.waybill.jfr.ContainerEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ContainerStartedEvent;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.jfr.ResolverStatisticsEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fills the events; with the event switched off, nothing is made of the answer. */
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

    static void started(ContainerEntry container) {
        ContainerStartedEvent event = new ContainerStartedEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            event.containerId = facts.containerId();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.initPid = facts.initPid();
            event.initStart = startMillis(container.initProcess());
            event.pidNamespace = facts.pidNamespace();
            event.commit();
        }
    }

    static void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        ContainerEndedEvent event = new ContainerEndedEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container);
            event.containerId = facts.containerId();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.initPid = facts.initPid();
            event.pidNamespace = facts.pidNamespace();
            event.exitStatus = exitStatus == null ? "" : describe(exitStatus);
            event.lifetime = Duration.between(container.start(), noticed).toMillis();
            event.commit();
        }
    }

    static void container(ContainerEntry container) {
        ContainerEvent event = new ContainerEvent();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(container);
        ObservedProcess init = container.initProcess();
        event.containerId = facts.containerId();
        event.containerName = facts.containerName();
        event.runtime = facts.runtime();
        event.image = facts.image();
        event.initPid = facts.initPid();
        event.initCommand = init == null ? "" : init.command();
        event.initStart = startMillis(init);
        event.pidNamespace = facts.pidNamespace();
        event.pidNamespaceId = facts.pidNamespaceId();
        event.parentPidNamespace = facts.parentPidNamespace();
        event.depth = facts.depth();
        event.sharedWith = container.sharedWith();
        event.podUid = facts.podUid();
        event.podName = facts.podName();
        event.podNamespace = facts.podNamespace();
        event.cgroupPath = facts.cgroupPath();
        event.provenance = facts.provenance();
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
        event.queueDepth = figures.queueDepth();
        event.dropped = figures.dropped();
        event.hookErrors = figures.hookErrors();
        event.commit();
    }

    private static long startMillis(@Nullable ObservedProcess process) {
        return process == null || process.start() == null ? 0 : process.start().toEpochMilli();
    }

    private static @Nullable ObservedProcess processOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.process();
        }
        return resolution instanceof Resolution.Refused refused ? refused.process() : null;
    }

    /** A status of {@code wait}: the signal in the low seven bits, otherwise the code in the next byte. */
    private static String describe(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? "exit " + ((status >> 8) & 0xff) : "signal " + signal;
    }
}
