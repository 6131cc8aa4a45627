// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A container to be looked up.
 *
 * @param runtime what it is thought to be started by
 * @param id its id, or its name where the runtime knows it by name
 * @param user the user whose rootless runtime it may be of; -1 if there is no sign of one
 * @param hints folders of the host that its mounts or its monitor point to, and which may lie anywhere
 * @param furtherHints more of them, dear to find, for where the others and the usual places have no such container
 */
public record Wanted(
        ContainerRuntime runtime, String id, long user, List<Path> hints, Supplier<List<Path>> furtherHints) {
    /** No user is known. */
    public static final long NO_USER = -1;

    /** Copies the list. */
    public Wanted {
        hints = List.copyOf(hints);
    }

    /** One without further hints. */
    public Wanted(ContainerRuntime runtime, String id, long user, List<Path> hints) {
        this(runtime, id, user, hints, List::of);
    }

    /** The same with its further hints alone. */
    Wanted further() {
        return new Wanted(runtime, id, user, furtherHints.get());
    }
}
