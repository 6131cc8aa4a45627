// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.jfr.ContainerEndedEvent;
import io.waybill.jfr.ContainerEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ContainerStartedEvent;
import io.waybill.jfr.ContainerTotalsEvent;
import io.waybill.jfr.ContainerUsageEvent;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.jfr.ResolverStatisticsEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.RecordingState;
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
            ContainerScopeEvent.class,
            ContainerUsageEvent.class,
            ContainerTotalsEvent.class,
            ProcessObservedEvent.class,
            InitResolutionEvent.class,
            ResolverStatisticsEvent.class);

    private final ContainerTable table;
    private final Executor agentThread;
    private final Runnable replay;
    private final Runnable writeContainers = this::writeContainers;
    private final Runnable writeStatistics;
    private final UsageEvents usage;
    private final Runnable writeUsage;
    private final Runnable writeTotals;
    private final FlightRecorderListener listener = new FlightRecorderListener() {
        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            agentThread.execute(Recording.this::begin);
        }

        @Override
        public void recordingStateChanged(jdk.jfr.Recording changed) {
            if (changed.getState() == RecordingState.RUNNING) {
                agentThread.execute(Recording.this::begin);
            } else if (changed.getState() == RecordingState.STOPPED) {
                agentThread.execute(Recording.this::pause);
            }
        }
    };
    /** The recordings that were told what is there; used in the agent's thread only. */
    private final Set<Long> told = new HashSet<>();

    private volatile boolean inUse;

    private Recording(Usages usages, AgentFigures figures, Executor agentThread, Runnable replay) {
        this.table = usages.table();
        this.replay = replay;
        this.writeStatistics = () -> AnswerEvents.statistics(figures);
        this.usage = new UsageEvents(usages);
        this.writeUsage = () -> agentThread.execute(usage::look);
        this.writeTotals = usage::totals;
        this.agentThread = agentThread;
    }

    /**
     * Waits for the flight recorder to be used, and writes from then on.
     *
     * @param agentThread runs what must not hold up the thread that starts a recording
     * @param replay tells again, for a recording that has just started, which processes are there
     */
    public static Recording whenUsed(Usages usages, AgentFigures figures, Executor agentThread, Runnable replay) {
        Recording recording = new Recording(usages, figures, agentThread, replay);
        FlightRecorder.addListener(recording.listener);
        return recording;
    }

    /** Whether the flight recorder is used in this JVM. */
    public boolean inUse() {
        return inUse;
    }

    /** Whether a recording runs in this JVM. */
    public boolean isRunning() {
        return inUse
                && FlightRecorder.getFlightRecorder().getRecordings().stream()
                        .anyMatch(recording -> recording.getState() == RecordingState.RUNNING);
    }

    /** A process came to notice, by an observer. */
    public void observed(String origin, Resolution resolution, boolean joined) {
        if (inUse) {
            AnswerEvents.process(origin, resolution, joined, table);
        }
    }

    /** A resolution is about to begin; null with no recording. */
    InitResolutionEvent beginResolution() {
        InitResolutionEvent event = new InitResolutionEvent();
        event.begin();
        return event;
    }

    /** The resolution ended. */
    void endResolution(InitResolutionEvent event, Resolution resolution, boolean cached) {
        AnswerEvents.resolution(event, resolution, cached);
    }

    @Override
    public void started(ContainerEntry container) {
        if (inUse) {
            AnswerEvents.started(container);
            AnswerEvents.container(container);
        }
    }

    @Override
    public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        if (inUse) {
            AnswerEvents.ended(container, noticed, exitStatus);
        }
    }

    @Override
    public void close() {
        FlightRecorder.removeListener(listener);
        if (inUse) {
            inUse = false;
            FlightRecorder.removePeriodicEvent(writeContainers);
            FlightRecorder.removePeriodicEvent(writeStatistics);
            FlightRecorder.removePeriodicEvent(writeUsage);
            FlightRecorder.removePeriodicEvent(writeTotals);
            EVENTS.forEach(FlightRecorder::unregister);
        }
    }

    private void begin() {
        if (!inUse) {
            EVENTS.forEach(FlightRecorder::register);
            FlightRecorder.addPeriodicEvent(ContainerEvent.class, writeContainers);
            FlightRecorder.addPeriodicEvent(ResolverStatisticsEvent.class, writeStatistics);
            FlightRecorder.addPeriodicEvent(ContainerUsageEvent.class, writeUsage);
            FlightRecorder.addPeriodicEvent(ContainerTotalsEvent.class, writeTotals);
            inUse = true;
            writeContainers(); // this chunk began before, and who streams it would wait for the next
        }
        boolean anyNew = false;
        for (jdk.jfr.Recording running : FlightRecorder.getFlightRecorder().getRecordings()) {
            anyNew |= running.getState() == RecordingState.RUNNING && told.add(running.getId());
        }
        if (anyNew) {
            replay.run();
        }
    }

    private void pause() {
        if (inUse && !isRunning()) {
            usage.reset();
        }
    }

    private void writeContainers() {
        table.entries().forEach(AnswerEvents::container);
    }
}
