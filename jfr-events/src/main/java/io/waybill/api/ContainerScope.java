// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/**
 * A stretch of time in which the calling thread works on behalf of a container. Flight recordings then say so of
 * everything that the thread does meanwhile: its samples, allocations, waits and exceptions.
 *
 * <pre>{@code
 * try (ContainerScope scope = ContainerScope.of(peerPid)) {
 *     answer(request);
 * }
 * }</pre>
 *
 * <p>Scopes nest: what happens in the inner one counts for its container. They work on virtual threads. A scope belongs to
 * the thread that opened it; closed by another thread it ends and its event is marked, but has no duration, since what
 * that thread did meanwhile was not for the container. To close one twice does no harm. Without the agent, and while no
 * flight recording runs, a scope does nothing and costs a few nanoseconds.
 */
public interface ContainerScope extends AutoCloseable {
    /**
     * Opens a scope for the container of a process.
     *
     * @param pid a process id as this JVM sees it; 0, which the kernel gives for a process that has none here, is recorded
     *     as not visible
     * @throws IllegalArgumentException if {@code pid} is negative
     */
    static ContainerScope of(long pid) {
        return ProcessContainers.openScope(pid);
    }

    /**
     * Opens a scope for the container of a process that was looked up before, and may have ended since.
     *
     * @param resolution an answer of {@link ProcessContainers}
     */
    static ContainerScope of(Resolution resolution) {
        return ProcessContainers.openScope(resolution);
    }

    /** Ends it. */
    @Override
    void close();
}
