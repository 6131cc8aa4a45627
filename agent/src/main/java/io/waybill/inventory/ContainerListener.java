// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import java.time.Instant;

/** Is told of containers that come and go, in the agent's thread. */
public interface ContainerListener {
    /** A container started, or was seen for the first time. */
    void started(ContainerEntry container);

    /**
     * A container ended: its init died, or none of its processes is left.
     *
     * @param container as it was last seen
     * @param noticed when that was found
     */
    void ended(ContainerEntry container, Instant noticed);
}
