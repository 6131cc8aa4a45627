// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.jfr.ContainerEndedEvent;
import io.waybill.jfr.ContainerEvent;
import io.waybill.jfr.ContainerNamespaceEvent;
import io.waybill.jfr.ContainerPressureEvent;
import io.waybill.jfr.ContainerScopeEvent;
import io.waybill.jfr.ContainerSourceEvent;
import io.waybill.jfr.ContainerStartedEvent;
import io.waybill.jfr.ContainerTotalsEvent;
import io.waybill.jfr.ContainerUsageEvent;
import io.waybill.jfr.InitResolutionEvent;
import io.waybill.jfr.ProcessObservedEvent;
import io.waybill.jfr.ResolverStatisticsEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
    static final List<Class<? extends Event>> EVENTS = List.of(
            ContainerEvent.class,
            ContainerNamespaceEvent.class,
            ContainerSourceEvent.class,
            ContainerStartedEvent.class,
            ContainerEndedEvent.class,
            ContainerScopeEvent.class,
            ContainerUsageEvent.class,
            ContainerPressureEvent.class,
            ContainerTotalsEvent.class,
            ProcessObservedEvent.class,
            InitResolutionEvent.class,
            ResolverStatisticsEvent.class);

    private final ContainerTable table;
    private final Executor changes;
    private final Runnable replay;
    private final UsageEvents usage;
    private final Map<Class<? extends Event>, Runnable> periodic;
    private final RunningRecordings running = new RunningRecordings();
    private final FlightRecorderListener listener = new FlightRecorderListener() {
        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            running.takeIn(recorder);
            changes.execute(Recording.this::begin);
        }

        @Override
        public void recordingStateChanged(jdk.jfr.Recording changed) {
            if (running.changed(changed)) {
                changes.execute(Recording.this::begin);
            } else if (changed.getState() == RecordingState.STOPPED) {
                changes.execute(Recording.this::pause);
            }
        }
    };
    /** The running recordings that were told what is there; used in the agent's thread only. */
    private Set<Long> told = Set.of();

    private volatile boolean inUse;
    private boolean closed;

    private Recording(Usages usages, AgentFigures figures, Executor agentThread, Executor changes, Runnable replay) {
        this.table = usages.table();
        this.replay = replay;
        this.usage = new UsageEvents(usages);
        this.periodic = Map.of(
                ContainerEvent.class, () -> each(ContainerEvents::container),
                ContainerNamespaceEvent.class, () -> each(ContainerEvents::namespace),
                ContainerSourceEvent.class, () -> each(ContainerEvents::source),
                ContainerUsageEvent.class, () -> agentThread.execute(usage::look),
                ContainerTotalsEvent.class, usage::totals,
                ResolverStatisticsEvent.class, () -> AnswerEvents.statistics(figures));
        this.changes = changes;
    }

    /**
     * Waits for the flight recorder to be used, and writes from then on.
     *
     * @param agentThread runs the looks at what containers use, of which some may be dropped
     * @param changes runs what follows from the start of a recording, and must not hold up the thread that starts it; the
     *     same thread, but nothing is dropped: there would be no event in that recording
     * @param replay tells again, for a recording that has just started, which processes are there
     */
    public static Recording whenUsed(
            Usages usages, AgentFigures figures, Executor agentThread, Executor changes, Runnable replay) {
        Recording recording = new Recording(usages, figures, agentThread, changes, replay);
        FlightRecorder.addListener(recording.listener);
        return recording;
    }

    /** Whether the flight recorder is used in this JVM. */
    public boolean inUse() {
        return inUse;
    }

    /** Whether a recording runs in this JVM. */
    public boolean isRunning() {
        return inUse && running.exist();
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
            ContainerEvents.started(container);
            ContainerEvents.exists(container);
        }
    }

    @Override
    public void changed(ContainerEntry before, ContainerEntry now) {
        // what its init executes by now stands at the end of the chunk; it may execute something else without end
        if (inUse && !now.identity().equals(before.identity())) {
            ContainerEvents.exists(now);
        }
    }

    @Override
    public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        if (inUse) {
            ContainerEvents.ended(container, noticed, exitStatus);
        }
    }

    @Override
    public void close() {
        FlightRecorder.removeListener(listener);
        unregister();
    }

    private synchronized void unregister() {
        closed = true;
        if (inUse) {
            inUse = false;
            periodic.values().forEach(FlightRecorder::removePeriodicEvent);
            EVENTS.forEach(FlightRecorder::unregister);
        }
    }

    /** Not after the end: the agent's thread may have waited for a busy flight recorder until then. */
    private synchronized boolean register() {
        if (inUse || closed) {
            return false;
        }
        EVENTS.forEach(FlightRecorder::register);
        periodic.forEach(FlightRecorder::addPeriodicEvent);
        inUse = true;
        return true;
    }

    private void begin() {
        if (register()) {
            each(ContainerEvents::exists); // this chunk began before, and who streams it would wait for the next
        }
        Set<Long> before = told;
        told = running.ids();
        if (!before.containsAll(told)) {
            replay.run();
        }
    }

    private void pause() {
        if (inUse && !isRunning()) {
            usage.reset();
        }
    }

    private void each(Consumer<ContainerEntry> write) {
        table.entries().forEach(write);
    }
}
