// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.ProcessEnds;

/** A process kept apart from a later one with the same number, for as long as it is held. */
public interface HeldProcess extends AutoCloseable {
    /** Its process id as this JVM sees it. */
    long pid();

    /** Whether it lives: false for a zombie, true while any of its threads runs. */
    boolean isAlive();

    /**
     * Lets the kernel tell of its end.
     *
     * @return whether it will; if not, {@link #isAlive()} is left
     */
    boolean watch(ProcessEnds ends);

    /** How surely a recycled number is noticed, for {@code resolve}: {@code pidfd} or {@code start time}. */
    String guard();

    /**
     * Opens its pid namespace.
     *
     * @throws UnreadableException if the process ended, or the kernel refuses
     */
    OpenNamespace pidNamespace() throws UnreadableException;

    @Override
    void close();
}
