// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.AgentConnection;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerEntry;
import io.waybill.inventory.ContainerListener;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.observe.ModuleOpener;
import io.waybill.observe.Observation;
import io.waybill.observe.Origin;
import io.waybill.observe.UnixDescriptors;
import io.waybill.procfs.ProcFs;
import io.waybill.resolve.Answers;
import io.waybill.resolve.ContainerResolver;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running agent: what observes, what answers and what publishes, wired together. What the doors call. */
public final class AgentRuntime {
    private static final int CONTAINER_LIMIT = 10_000;

    private static @Nullable AgentRuntime running;

    private final Settings settings;
    private final Complaints complaints;
    private final Answers answers;
    private final FirstHooks first;
    private final AgentThread thread;
    private final ContainerTable table;
    private final Budgets budgets;
    private final long ownPid = ProcessHandle.current().pid();
    private final Opened opened;
    private final Publishers publishers;
    private volatile @Nullable Rounds rounds;
    private volatile Runnable adjustDiscovery = () -> {};

    private AgentRuntime(Settings settings, Complaints complaints, FirstHooks first, Opened opened) {
        this.settings = settings;
        this.complaints = complaints;
        this.first = first;
        this.opened = opened;
        this.thread = first.thread();
        this.answers = opened.add(Answers.wire(
                DescriptorShare.of(settings, ProcFs.mounted().readSelf("limits")),
                identitySettings(settings),
                StepLog.NONE,
                complaints::tell));
        EntryMaker maker = new EntryMaker(answers.resolver(), answers.processes()::read);
        this.table = new ContainerTable(maker, answers.clock(), CONTAINER_LIMIT);
        this.budgets = Budgets.of(answers.cpuClock(), complaints::tell);
        Figures figures = new Figures(answers, thread, first.failures()::count, budgets);
        this.publishers = Publishers.of(
                settings, table, figures, this::replay, this::refresh, first::observed, first.failures(), opened);
    }

    /**
     * Starts the agent.
     *
     * @param options what was given to the agent
     * @param attached whether the application runs already
     * @param hooked is run once no child of this JVM is missed any more
     */
    public static synchronized void start(
            String options, Instrumentation instrumentation, boolean attached, Runnable hooked)
            throws ReflectiveOperationException {
        NativeAccess.grant(instrumentation);
        Complaints complaints = new Complaints();
        Settings settings = Settings.read(options, System.getProperties(), complaints::tell);
        FirstHooks first = FirstHooks.set(settings, instrumentation, attached, complaints);
        Opened opened = new Opened(complaints);
        boolean begun = false;
        try {
            hooked.run();
            AgentRuntime runtime = new AgentRuntime(settings, complaints, first, opened);
            runtime.begin(instrumentation);
            running = runtime;
            begun = true;
        } finally {
            if (!begun) {
                close(first, opened);
            }
        }
    }

    /** Stops the agent that runs: what it hooked, registered and opened is undone. */
    public static synchronized void stop() {
        AgentRuntime runtime = running;
        running = null;
        if (runtime != null) {
            close(runtime.first, runtime.opened);
        }
    }

    private void begin(Instrumentation instrumentation) {
        if (settings.text(Setting.CACHE).equals("watched")) {
            opened.add(EndedProcesses.begin(answers, complaints::tell));
        }
        opened.add(ScopeDeclarations.begin(settings, instrumentation, publishers, first.failures(), complaints));
        Peers peers = new Peers(
                answers,
                publishers.resolver(),
                new UnixDescriptors(new ModuleOpener(instrumentation)),
                thread,
                resolution -> note(Origin.PEER, resolution));
        opened.add(peers);
        AgentConnection connection = new Connection(publishers.resolver(), first::observed, publishers.scopes(), peers);
        opened.add(ApiCopies.connect(new GuardedConnection(connection, first.failures()), instrumentation));
        first.leadTo(this::look, peers::accepted);
        thread.start();
        thread.always(() ->
                table.observed(answers.resolver().named(publishers.resolver().resolve(ownPid))));
        table.listen(new Forgetting(answers.resolver()));
        thread.always(this::startRounds);
        thread.always(first::lookBack);
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
                budgets.looks(),
                complaints);
        rounds = made;
        thread.repeat(() -> {
            adjustDiscovery.run();
            return made.next();
        });
        if (settings.time(Setting.PERIOD).isPresent() && settings.isOn(Setting.EVENTS)) {
            Discovery begun = opened.add(discovery(watch, made::refresh));
            adjustDiscovery = begun::adjust;
        }
    }

    private Discovery discovery(Watch watch, Runnable refresh) {
        LiveEvents.Reader reader = new LiveEvents.Reader(
                publishers.resolver(),
                answers.resolver()::executed,
                table,
                thread,
                watch.found(),
                refresh,
                budgets.events(),
                complaints::tell);
        Discovery.Way processes = () -> answers.connectProcesses().map(reader::begin);
        Discovery.Way cgroups = () -> answers.watchCgroups()
                .map(events -> CgroupTree.begin(
                        events, Discovery.cgroupRoots(answers.procFs()), refresh, budgets.events(), complaints::tell));
        return new Discovery(publishers::isRecording, List.of(processes, cgroups), complaints::tell);
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
        publishers.observed(origin, named, rounds != null && rounds.joined(named));
    }

    /** The agent's thread ends before what it works with, whatever was opened last. */
    private static void close(FirstHooks first, Opened opened) {
        opened.add(first);
        opened.close();
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
