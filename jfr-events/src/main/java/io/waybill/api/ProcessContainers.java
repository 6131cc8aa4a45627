// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agent in this JVM which container a process belongs to, and tells it of processes it does not see by itself.
 *
 * <pre>{@code
 * ProcessContainers.find(peerPid).ifPresent(container -> log.info("called by {}", container.displayName()));
 * }</pre>
 */
public final class ProcessContainers {
    private static volatile @Nullable AgentConnection connection;

    private ProcessContainers() {}

    /**
     * Finds the pid namespace, its init and the container of a process, in the calling thread and without waiting for
     * anything but the kernel.
     *
     * @param pid a process id as this JVM sees it
     * @return the answer; {@link Resolution.Unanswered} without the agent
     * @throws IllegalArgumentException if {@code pid} is negative
     */
    public static Resolution resolve(long pid) {
        checkPid(pid);
        AgentConnection agent = connection;
        return agent == null
                ? new Resolution.Unanswered(pid, "the Waybill agent does not run in this JVM")
                : agent.resolver().resolve(pid);
    }

    /**
     * The container of a process, where it belongs to one that can be named.
     *
     * @param pid a process id as this JVM sees it
     * @throws IllegalArgumentException if {@code pid} is negative
     */
    public static Optional<ContainerIdentity> find(long pid) {
        return resolve(pid).container();
    }

    /**
     * Tells the agent of a process, which it then resolves and records in its own thread; does nothing without the agent.
     *
     * @param pid a process id as this JVM sees it
     * @throws IllegalArgumentException if {@code pid} is negative
     */
    public static void report(long pid) {
        checkPid(pid);
        AgentConnection agent = connection;
        if (agent != null) {
            agent.report(pid);
        }
    }

    /** Whether the agent runs in this JVM. */
    public static boolean isConnected() {
        return connection != null;
    }

    /**
     * Called by the agent when it starts and, with null, when it stops.
     *
     * @param agent the running agent, or null
     */
    public static void connect(@Nullable AgentConnection agent) {
        connection = agent;
    }

    static ContainerScope openScope(long pid) {
        checkPid(pid);
        AgentConnection agent = connection;
        return agent == null ? NoScope.NO_SCOPE : orNone(agent.openScope(pid));
    }

    static ContainerScope openScope(Resolution resolution) {
        AgentConnection agent = connection;
        return agent == null ? NoScope.NO_SCOPE : orNone(agent.openScope(resolution));
    }

    private static ContainerScope orNone(@Nullable ContainerScope scope) {
        return scope == null ? NoScope.NO_SCOPE : scope;
    }

    private static void checkPid(long pid) {
        if (pid < 0) {
            throw new IllegalArgumentException("pid " + pid + ": a process id is 0 or more");
        }
    }
}
