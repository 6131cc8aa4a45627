// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What the agent has opened, hooked and registered, to be undone when it stops, or when it cannot start: the last first, and
 * each whatever another one throws.
 */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Complaints complaints;
    private boolean closed;

    Opened(Complaints complaints) {
        this.complaints = complaints;
    }

    /** Takes in what was opened; closes it where all is closed already. In any thread. */
    <T extends AutoCloseable> T add(T one) {
        if (!isTakenIn(one)) {
            close(one);
        }
        return one;
    }

    @Override
    public void close() {
        for (AutoCloseable next = next(); next != null; next = next()) {
            close(next);
        }
    }

    private synchronized boolean isTakenIn(AutoCloseable one) {
        if (!closed) {
            opened.push(one);
        }
        return !closed;
    }

    private synchronized @Nullable AutoCloseable next() {
        closed = true;
        return opened.poll();
    }

    private void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception | Error e) { // such as a LinkageError where the jar was overwritten in its place
            complaints.tell("stopping: " + e);
        }
    }
}
