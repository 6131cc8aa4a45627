// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.util.Objects;
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
    private static volatile @Nullable AgentConnection connection = OtherCopy.find();

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
     * Finds the process at the other end of a connected Unix-domain socket, and answers for it as {@link #resolve} does. At
     * the server that is the process that connected, at the client the one that began to listen, each as it was then: a
     * socket that was handed on to another process does not tell of that one. On Linux 6.5 and later the kernel holds the
     * process meanwhile, so that another one that has its number since is never mistaken for it.
     *
     * @param channel a {@link java.nio.channels.SocketChannel}, a channel of Netty's epoll transport, or a socket or channel
     *     of junixsocket; open, and kept open meanwhile
     * @return the answer; {@link Resolution.Unanswered} for a channel of another kind, a closed one, and without the agent
     */
    public static Resolution peerOf(Object channel) {
        Objects.requireNonNull(channel, "channel");
        AgentConnection agent = connection;
        return agent == null
                ? new Resolution.Unanswered(0, "the Waybill agent does not run in this JVM")
                : agent.peerOf(channel);
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
        AgentConnection agent = connection;
        return agent instanceof OtherCopy copy ? copy.isConnected() : agent != null;
    }

    /**
     * Called by the agent when it starts and, with null, when it stops.
     *
     * @param agent the running agent, or null
     */
    public static void connect(@Nullable AgentConnection agent) {
        connection = agent;
    }

    /**
     * Called by the agent in other copies of this class than its own, which class loaders of applications have, when it
     * starts after they were loaded.
     */
    public static void findAgent() {
        if (connection == null) {
            connection = OtherCopy.find();
        }
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
