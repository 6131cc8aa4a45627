// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.ContainerIdentity;

/** Finds what a runtime wrote down about a container: its name, image and pod. Called in the agent's thread only. */
@FunctionalInterface
public interface ContainerNamer {
    /** Knows no names. */
    ContainerNamer NONE = (container, pid) -> container;

    /**
     * Adds what is known.
     *
     * @param container the container
     * @param pid one of its processes, as this JVM sees it
     * @return the same container with its names
     */
    ContainerIdentity name(ContainerIdentity container, long pid);
}
