// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/** Answers for a process id. Never throws for what a process or the machine does: that is in the answer. */
@FunctionalInterface
public interface PidResolver {
    /**
     * Finds the pid namespace, its init and the container of a process.
     *
     * @param pid a process id as this JVM sees it
     * @throws IllegalArgumentException if {@code pid} is negative
     */
    Resolution resolve(long pid);
}
