// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

/** What came of looking a container up in a runtime's state. */
public sealed interface Lookup {
    /**
     * The runtime has it.
     *
     * @param container what it keeps
     * @param missing what else it keeps and could not be read, and why; empty if nothing
     */
    record Found(ContainerRecord container, String missing) implements Lookup {
        Found(ContainerRecord container) {
            this(container, "");
        }

        Found with(ContainerRecord more) {
            return new Found(more, missing);
        }
    }

    /**
     * The runtime's state could be read, and has no such container.
     *
     * @param where the folder that has none
     */
    record Unknown(String where) implements Lookup {}

    /**
     * There is state, but it cannot be read.
     *
     * @param reason the file, and what the system or the rules said of it
     */
    record Unreadable(String reason) implements Lookup {}

    /**
     * There is no state of this runtime here.
     *
     * @param where where it would be; empty for a runtime that keeps none
     */
    record NoState(String where) implements Lookup {}
}
