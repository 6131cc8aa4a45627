// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.jfr.ContainerEndedEvent;
import io.waybill.jfr.ContainerEvent;
import io.waybill.jfr.ContainerStartedEvent;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.jfr.ResolverStatisticsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers into the flight recording. Until somebody uses the flight recorder no event class is loaded, and with no
 * recording running an event costs the look at a flag.
 */
public final class Recording implements ContainerListener, AutoCloseable {
    private static final List<Class<? extends Event>> EVENTS = List.of(
            ContainerEvent.class,
            ContainerStartedEvent.class,
            ContainerEndedEvent.class,
            ProcessObservedEvent.class,
            InitResolutionEvent.class,
            ResolverStatisticsEvent.class);

    private final ContainerTable table;
    private final AgentFigures figures;
    private final Executor agentThread;
    private final Runnable writeContainers = this::writeContainers;
    private final Runnable writeStatistics = this::writeStatistics;
    private final FlightRecorderListener listener = new FlightRecorderListener() {
        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            agentThread.execute(Recording.this::begin);
        }
    };
    private volatile boolean inUse;

    private Recording(ContainerTable table, AgentFigures figures, Executor agentThread) {
        this.table = table;
        this.figures = figures;
        this.agentThread = agentThread;
    }

    /**
     * Waits for the flight recorder to be used, and writes from then on.
     *
     * @param agentThread runs what must not hold up the thread that starts a recording
     */
    public static Recording whenUsed(ContainerTable table, AgentFigures figures, Executor agentThread) {
        Recording recording = new Recording(table, figures, agentThread);
        FlightRecorder.addListener(recording.listener);
        return recording;
    }

    /** Whether the flight recorder is used in this JVM. */
    public boolean inUse() {
        return inUse;
    }

    /** A process came to notice, by an observer. */
    public void observed(String origin, Resolution resolution, boolean joined) {
        if (!inUse) {
            return;
        }
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

    /** A resolution is about to begin; null with no recording. */
    InitResolutionEvent beginResolution() {
        InitResolutionEvent event = new InitResolutionEvent();
        event.begin();
        return event;
    }

    /** The resolution ended. */
    void endResolution(InitResolutionEvent event, Resolution resolution, boolean cached) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(resolution);
        event.pid = resolution.pid();
        event.outcome = resolution.outcome().text();
        event.reason = Facts.reason(resolution);
        event.way = facts.way();
        event.initPid = facts.initPid();
        event.pidNamespace = facts.pidNamespace();
        event.cached = cached;
        event.commit();
    }

    @Override
    public void started(ContainerEntry container) {
        if (!inUse) {
            return;
        }
        ContainerStartedEvent event = new ContainerStartedEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container.identity(), container.namespace(), container.init());
            event.containerId = facts.containerId();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.initPid = facts.initPid();
            event.initStart = startMillis(container.initProcess());
            event.pidNamespace = facts.pidNamespace();
            event.commit();
        }
        writeContainer(container);
    }

    @Override
    public void ended(ContainerEntry container, Instant noticed) {
        if (!inUse) {
            return;
        }
        ContainerEndedEvent event = new ContainerEndedEvent();
        if (event.shouldCommit()) {
            Facts facts = Facts.of(container.identity(), container.namespace(), container.init());
            event.containerId = facts.containerId();
            event.containerName = facts.containerName();
            event.runtime = facts.runtime();
            event.initPid = facts.initPid();
            event.pidNamespace = facts.pidNamespace();
            event.lifetime = Duration.between(container.start(), noticed).toMillis();
            event.commit();
        }
    }

    @Override
    public void close() {
        FlightRecorder.removeListener(listener);
        if (inUse) {
            inUse = false;
            FlightRecorder.removePeriodicEvent(writeContainers);
            FlightRecorder.removePeriodicEvent(writeStatistics);
            EVENTS.forEach(FlightRecorder::unregister);
        }
    }

    private void begin() {
        if (inUse) {
            return;
        }
        EVENTS.forEach(FlightRecorder::register);
        FlightRecorder.addPeriodicEvent(ContainerEvent.class, writeContainers);
        FlightRecorder.addPeriodicEvent(ResolverStatisticsEvent.class, writeStatistics);
        inUse = true;
    }

    private void writeContainers() {
        table.entries().forEach(Recording::writeContainer);
    }

    private static void writeContainer(ContainerEntry container) {
        ContainerEvent event = new ContainerEvent();
        if (!event.shouldCommit()) {
            return;
        }
        Facts facts = Facts.of(container.identity(), container.namespace(), container.init());
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

    private void writeStatistics() {
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
}
