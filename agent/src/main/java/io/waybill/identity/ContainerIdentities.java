// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.Identity;

/** From a pid to its container. */
public interface ContainerIdentities {
    /** Never throws for what a process or the machine does. */
    Identity identify(long pid);

    /** The container that this JVM runs in, as well as can be told from inside. */
    Identity self();
}
