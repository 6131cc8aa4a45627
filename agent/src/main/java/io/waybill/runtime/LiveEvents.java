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

/**
 * Takes in processes as they execute and end, so that a container is seen that lives for less than a period.
 *
 * <p>A process is looked at when it executes a program: by then the runtime has moved it to its cgroup. The look is taken
 * in the thread that reads the events, since the process may end at any moment; what follows is the agent thread's.
 */
final class LiveEvents implements ProcessConnector.Events, AutoCloseable {
    private final ProcessConnector connector;
    private final PidResolver resolver;
    private final ContainerTable table;
    private final AgentThread thread;
    private final Consumer<Resolution> found;
    private final Runnable scan;
    private final Consumer<String> complaints;
    private final Thread reader = AgentThreads.of("events", this::read);

    private LiveEvents(
            ProcessConnector connector,
            PidResolver resolver,
            ContainerTable table,
            AgentThread thread,
            Consumer<Resolution> found,
            Runnable scan,
            Consumer<String> complaints) {
        this.connector = connector;
        this.resolver = resolver;
        this.table = table;
        this.thread = thread;
        this.found = found;
        this.scan = scan;
        this.complaints = complaints;
    }

    /**
     * Begins to read, in a thread of its own.
     *
     * @param found is told of each process that is in a container or in another pid namespace, in the agent's thread
     * @param scan looks at all processes soon, when events were lost
     */
    static LiveEvents begin(
            ProcessConnector connector,
            PidResolver resolver,
            ContainerTable table,
            AgentThread thread,
            Consumer<Resolution> found,
            Runnable scan,
            Consumer<String> complaints) {
        LiveEvents events = new LiveEvents(connector, resolver, table, thread, found, scan, complaints);
        try {
            events.reader.start();
        } catch (OutOfMemoryError e) {
            connector.close();
            complaints.accept("no thread for the kernel's process events (" + e.getMessage()
                    + "); containers are found every period only");
        }
        return events;
    }

    @Override
    public void executed(long pid) {
        try {
            look(pid);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void look(long pid) {
        Resolution resolution = resolver.resolve(pid);
        Resolution.Outcome outcome = resolution.outcome();
        if (outcome == Resolution.Outcome.CONTAINER || outcome == Resolution.Outcome.NAMESPACE) {
            thread.execute(() -> found.accept(resolution));
        }
    }

    @Override
    public void exited(long pid, int status) {
        try {
            if (table.isInit(pid)) {
                thread.execute(() -> table.initEnded(pid, status));
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** What is missed here the next look at all processes finds. */
    private void failed(Throwable failure) {
        try {
            complaints.accept("an error in the agent, which goes on: " + failure);
        } catch (VirtualMachineError e) {
            return; // there is no memory to tell it with either
        }
    }

    @Override
    public void lost() {
        scan.run();
    }

    @Override
    public void close() {
        connector.close();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            connector.read(this);
        } catch (LinuxException e) {
            complaints.accept(e.getMessage() + "; containers are found every period only");
        }
    }
}
