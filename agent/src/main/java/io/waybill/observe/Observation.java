// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import org.jspecify.annotations.Nullable;

/**
 * A process that came to notice.
 *
 * @param pid its process id as this JVM sees it
 * @param origin how it came to notice
 * @param child the process as the JVM knows it, for a child; otherwise null
 */
public record Observation(long pid, Origin origin, @Nullable Process child) {
    /** A process of which only the pid is known. */
    public static Observation of(long pid, Origin origin) {
        return new Observation(pid, origin, null);
    }

    /** A child, just started. */
    public static Observation ofChild(Process child) {
        return new Observation(child.pid(), Origin.CHILD, child);
    }
}
