// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

/**
 * A process that came to notice. It waits to be looked at, so it holds nothing of the application's.
 *
 * @param pid its process id as this JVM sees it
 * @param origin how it came to notice
 */
public record Observation(long pid, Origin origin) {
    /** A process of which only the pid is known. */
    public static Observation of(long pid, Origin origin) {
        return new Observation(pid, origin);
    }

    /** A child, just started. */
    public static Observation ofChild(Process child) {
        return new Observation(child.pid(), Origin.CHILD);
    }
}
