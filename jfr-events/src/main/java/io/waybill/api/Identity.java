// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.util.Optional;

/** Which container a process belongs to, or why it belongs to none that can be named. */
public sealed interface Identity permits ContainerIdentity, NoContainer {
    /** The cgroup path of the process as this JVM's /proc prints it; empty where it could not be read. */
    String cgroupPath();

    /** The container; empty where none could be named. */
    default Optional<ContainerIdentity> container() {
        return this instanceof ContainerIdentity container ? Optional.of(container) : Optional.empty();
    }
}
