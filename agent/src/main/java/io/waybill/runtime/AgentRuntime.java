// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.AgentConnection;
import io.waybill.api.ProcessContainers;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.observe.ChildProcesses;
import io.waybill.observe.ModuleOpener;
import io.waybill.observe.Observation;
import io.waybill.observe.Origin;
import io.waybill.observe.ProcessSink;
import io.waybill.observe.UnixDescriptors;
import io.waybill.procfs.ProcFs;
import io.waybill.resolve.Answers;
import io.waybill.resolve.ContainerResolver;
import io.waybill.resolve.SteadyClock;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The running agent: what observes, what answers and what publishes, wired together. What the doors call. */
public final class AgentRuntime implements AutoCloseable {
    private static final int QUEUE_LIMIT = 8192;
    private static final int CONTAINER_LIMIT = 10_000;

    private static @Nullable AgentRuntime running;

    private final Settings settings;
    private final Complaints complaints;
    private final Answers answers;
    private final AgentThread thread;
    private final ContainerTable table;
    private final AtomicLong hookErrors = new AtomicLong();
    private final long ownPid = ProcessHandle.current().pid();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Publishers publishers;
    private volatile @Nullable Rounds rounds;
    private volatile Runnable adjustDiscovery = () -> {};

    private AgentRuntime(Settings settings, Complaints complaints) {
        this.settings = settings;
        this.complaints = complaints;
        this.answers = Answers.wire(
                DescriptorShare.of(settings, ProcFs.mounted().readSelf("limits")),
                identitySettings(settings),
                StepLog.NONE,
                complaints::tell);
        this.thread = new AgentThread(QUEUE_LIMIT, this::failed);
        EntryMaker maker = new EntryMaker(answers.resolver(), answers.processes()::read);
        this.table = new ContainerTable(maker, SteadyClock.start(), CONTAINER_LIMIT);
        Figures figures = new Figures(answers, thread, hookErrors::get);
        this.publishers =
                Publishers.of(settings, answers, table, figures, thread, this::replay, this::refresh, this::observed);
    }

    /**
     * Starts the agent.
     *
     * @param options what was given to the agent
     * @param attached whether the application runs already
     */
    public static synchronized void start(String options, Instrumentation instrumentation, boolean attached)
            throws ReflectiveOperationException {
        NativeAccess.grant(instrumentation);
        Complaints complaints = new Complaints();
        Settings settings = Settings.read(options, System.getProperties(), complaints::tell);
        AgentRuntime runtime = new AgentRuntime(settings, complaints);
        boolean begun = false;
        try {
            runtime.begin(instrumentation);
            running = runtime;
            begun = true;
        } finally {
            if (!begun) {
                runtime.close();
            }
        }
    }

    /** Stops the agent that runs: what it hooked, registered and opened is undone. */
    public static synchronized void stop() {
        AgentRuntime runtime = running;
        running = null;
        if (runtime != null) {
            runtime.close();
        }
    }

    private void begin(Instrumentation instrumentation) {
        toClose.push(publishers);
        if (settings.text(Setting.CACHE).equals("watched")) {
            toClose.push(EndedProcesses.begin(answers, complaints::tell));
        }
        if (settings.isOn(Setting.CHILDREN)) {
            observeChildren(instrumentation);
        }
        toClose.push(ScopeDeclarations.begin(settings, instrumentation, publishers, this::hookFailed, complaints));
        Peers peers = new Peers(
                answers,
                publishers.resolver(),
                new UnixDescriptors(new ModuleOpener(instrumentation)),
                thread,
                resolution -> note(Origin.PEER, resolution));
        AgentConnection connection = new Connection(publishers.resolver(), this::observed, publishers.scopes(), peers);
        ProcessContainers.connect(new GuardedConnection(connection, this::hookFailed));
        toClose.push(() -> ProcessContainers.connect(null));
        thread.start();
        thread.execute(() ->
                table.observed(answers.resolver().named(publishers.resolver().resolve(ownPid))));
        table.listen(new Forgetting(answers.resolver()));
        thread.execute(this::startRounds);
        thread.execute(() -> toClose.push(LateObservers.begin(
                settings, instrumentation, peers::accepted, this::observed, this::hookFailed, thread, complaints)));
    }

    private void observeChildren(Instrumentation instrumentation) {
        ProcessSink sink = this::observed;
        try {
            toClose.push(ChildProcesses.observe(instrumentation, sink, this::hookFailed));
        } catch (IllegalStateException e) {
            complaints.tell(e.getMessage() + "; children are found in /proc only");
        }
    }

    private void startRounds() {
        Watch watch = new Watch(
                answers,
                publishers.resolver(),
                table,
                answers.self(),
                settings.isOn(Setting.OWN),
                (resolution, joined) -> publishers.observed(Origin.PROC, resolution, joined),
                complaints::tell);
        Rounds made = new Rounds(
                settings.time(Setting.PERIOD).orElse(null),
                watch,
                table,
                answers,
                publishers.beans(),
                thread,
                complaints);
        rounds = made;
        thread.repeat(() -> {
            adjustDiscovery.run();
            return made.next();
        });
        if (settings.time(Setting.PERIOD).isPresent() && settings.isOn(Setting.EVENTS)) {
            LiveEvents.Reader reader = new LiveEvents.Reader(
                    publishers.resolver(), table, thread, made::executed, made::refresh, complaints::tell);
            Discovery begun =
                    new Discovery(publishers::isRecording, answers, reader::begin, made::refresh, complaints::tell);
            adjustDiscovery = begun::adjust;
            toClose.push(begun);
        }
    }

    /** A recording that starts late has the same processes as one that ran all the time. */
    private void replay() {
        adjustDiscovery.run();
        publishers.observed(Origin.SELF, publishers.resolver().resolve(ownPid), false);
        if (rounds != null) {
            rounds.replay();
        }
    }

    private void refresh() {
        if (rounds != null) {
            rounds.refresh();
        }
    }

    /** Takes note of a process; in the application's threads. */
    private void observed(Observation observation) {
        thread.execute(() -> look(observation));
    }

    private void look(Observation observation) {
        Resolution resolution = publishers.resolver().resolve(observation.pid());
        if (observation.origin() == Origin.CHILD) {
            resolution = answers.forChild(resolution, ownPid);
        }
        note(observation.origin(), resolution);
    }

    private void note(Origin origin, Resolution resolution) {
        Resolution named = answers.resolver().named(resolution);
        table.observed(named);
        publishers.observed(origin, named, false);
    }

    private void hookFailed(Throwable failure) {
        if (hookErrors.incrementAndGet() == 1) {
            complaints.tell(
                    "an error in an instrumented method or a call of the API, not seen by the application: " + failure);
        }
    }

    private void failed(Throwable failure) {
        complaints.tell("an error in the agent, which goes on: " + failure);
    }

    @Override
    public void close() {
        thread.close();
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                complaints.tell("stopping: " + e);
            }
        }
        answers.close();
    }

    private static IdentitySettings identitySettings(Settings settings) {
        return new IdentitySettings(
                Path.of("/"),
                Path.of("/"),
                settings.isOn(Setting.RUNTIME_API),
                settings.isOn(Setting.SELF_ENVIRONMENT),
                settings.isOn(Setting.SELF_ENVIRONMENT) ? System.getenv() : Map.of());
    }

    /** A later container may have the same id or cgroup path. */
    private record Forgetting(ContainerResolver resolver) implements ContainerListener {
        @Override
        public void started(ContainerEntry container) {}

        @Override
        public void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
            resolver.forget(
                    container.identity(),
                    container.namespace() == null ? null : container.namespace().id());
        }
    }
}
