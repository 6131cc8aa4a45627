// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/** The init of a pid namespace (its child reaper, pid 1 inside it), or why there is none to name. */
public sealed interface Init {
    /** Why there is none to name, for a reader; empty if there is one. */
    String reason();

    /**
     * The init, verified: it lived in this namespace, and was no zombie, after its number had been learned.
     *
     * @param pid its process id as this JVM sees it
     * @param way how it was found
     */
    record Known(long pid, InitWay way) implements Init {
        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * There is an init, but no pid of this JVM's namespace stands for it.
     *
     * @param reason what was asked and what it answered
     */
    record NotVisible(String reason) implements Init {}

    /**
     * The namespace has no init any more, or none that could be found.
     *
     * @param reason what was asked and what it answered
     */
    record None(String reason) implements Init {}
}
