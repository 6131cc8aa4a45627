// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.inventory.ContainerTable;
import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessConnector;
import io.waybill.observe.AgentThreads;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Takes in processes as they execute and end, so that a container is seen that lives for less than a period.
 *
 * <p>A process is looked at when it executes a program: by then the runtime has moved it to its cgroup. The look is taken
 * in the thread that reads the events, since the process may end at any moment; what follows is the agent thread's.
 */
final class LiveEvents implements ProcessConnector.Events, AutoCloseable {
    private final ProcessConnector connector;
    private final Reader reader;
    private final Thread thread = AgentThreads.of("events", this::read);
    private final Pace pace;

    private LiveEvents(ProcessConnector connector, Reader reader) {
        this.connector = connector;
        this.reader = reader;
        this.pace = new Pace(reader.budget());
    }

    /**
     * Takes the events in.
     *
     * @param changed forgets what is remembered of a process, before it is looked at again
     * @param found takes each process that is in a container or in another pid namespace
     * @param scan looks at all processes soon, when events were lost
     * @param budget what all of it may take of a core; beyond that events are left to be lost
     */
    record Reader(
            PidResolver resolver,
            LongConsumer changed,
            ContainerTable table,
            AgentThread thread,
            FoundProcesses found,
            Runnable scan,
            Budget budget,
            Consumer<String> complaints) {
        /** Begins to read, in a thread of its own. */
        LiveEvents begin(ProcessConnector connector) {
            LiveEvents events = new LiveEvents(connector, this);
            ReaderThread.start(
                    events.thread,
                    "the kernel's process events",
                    ReaderThread.BY_PERIOD_ONLY,
                    connector::close,
                    complaints);
            return events;
        }
    }

    @Override
    public void executed(long pid) {
        try {
            pace.keep();
            look(pid);
        } catch (RuntimeException | Error e) {
            ReaderThread.tell(e, reader.complaints());
        }
    }

    private void look(long pid) {
        reader.changed().accept(pid);
        Resolution resolution = reader.resolver().resolve(pid);
        Resolution.Outcome outcome = resolution.outcome();
        if (outcome == Resolution.Outcome.CONTAINER || outcome == Resolution.Outcome.NAMESPACE) {
            reader.found().add(resolution);
            if (!queue(() -> reader.found().take(1))) {
                reader.found().remove(resolution);
            }
        }
    }

    @Override
    public void exited(long pid, int status) {
        try {
            pace.keep();
            // the agent's thread may not have come to what it was told before
            if (!reader.found().isEmpty() || reader.table().isInit(pid)) {
                queue(() -> reader.table().initEnded(pid, status));
            }
        } catch (RuntimeException | Error e) {
            ReaderThread.tell(e, reader.complaints());
        }
    }

    /** Leaves something to the agent's thread; false if its queue is full. */
    private boolean queue(Runnable action) {
        return reader.thread().offer(() -> reader.budget().spend(action));
    }

    @Override
    public void lost() {
        reader.budget().lost();
        reader.scan().run();
    }

    @Override
    public void close() {
        pace.end();
        connector.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            connector.read(this);
        } catch (LinuxException e) {
            reader.complaints().accept(e.getMessage() + "; " + ReaderThread.BY_PERIOD_ONLY);
        }
    }
}
