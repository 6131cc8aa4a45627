// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.util.concurrent.atomic.AtomicLong;

/** How many containers, and namespaces without one, have come and gone. */
final class LifecycleCounts {
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    void started() {
        started.incrementAndGet();
    }

    void ended() {
        ended.incrementAndGet();
    }

    long startedSoFar() {
        return started.get();
    }

    long endedSoFar() {
        return ended.get();
    }
}
