// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.List;

/**
 * A container to be looked up.
 *
 * @param runtime what it is thought to be started by
 * @param id its id, or its name where the runtime knows it by name
 * @param user the user whose rootless runtime it may be of; -1 if there is no sign of one
 * @param hints folders of the host that its mounts or its monitor point to, and which may lie anywhere
 */
public record Wanted(ContainerRuntime runtime, String id, long user, List<Path> hints) {
    /** No user is known. */
    public static final long NO_USER = -1;

    /** Copies the list. */
    public Wanted {
        hints = List.copyOf(hints);
    }
}
