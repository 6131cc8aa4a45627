// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import org.jspecify.annotations.Nullable;

/**
 * What the agent gives to the API of this JVM when it starts; applications have no use for it.
 *
 * @see ProcessContainers#connect(AgentConnection)
 */
public interface AgentConnection {
    /** Answers in the calling thread. */
    PidResolver resolver();

    /**
     * Answers for the process at the other end of a Unix-domain socket, in the calling thread.
     *
     * @param channel a connected one
     */
    Resolution peerOf(Object channel);

    /**
     * Takes note of a process without waiting.
     *
     * @param pid a process id as this JVM sees it
     */
    void report(long pid);

    /**
     * Opens a scope in the calling thread.
     *
     * @param pid a process id as this JVM sees it
     * @return null where no recording wants it
     */
    @Nullable
    ContainerScope openScope(long pid);

    /**
     * Opens a scope in the calling thread.
     *
     * @param resolution the answer for the process that is worked for
     * @return null where no recording wants it
     */
    @Nullable
    ContainerScope openScope(Resolution resolution);
}
