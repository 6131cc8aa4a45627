// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Is told of containers that come and go, in the agent's thread, which does not hold the table then. */
public interface ContainerListener {
    /** A container started, or was seen for the first time. */
    void started(ContainerEntry container);

    /**
     * More is known of a container that was told of: its name, whose it is, or what its init executes by now.
     *
     * @param before as it was told of last
     * @param now the same container
     */
    default void changed(ContainerEntry before, ContainerEntry now) {}

    /**
     * A container ended: its init died, or none of its processes is left.
     *
     * @param container as it was last seen
     * @param noticed when that was found
     * @param exitStatus the status of its init as {@code wait} gives it; null where the kernel did not tell
     */
    void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus);
}
