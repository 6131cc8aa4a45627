// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What listeners are to be told, in its order, by somebody who holds no lock. To register a bean, for one, runs what the
 * application has listen to its MBean server, which may wait for whoever asks for the table.
 */
final class Tellings {
    private final List<ContainerListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Consumer<ContainerListener>> waiting = new ConcurrentLinkedQueue<>();

    void listen(ContainerListener listener) {
        listeners.add(listener);
    }

    void started(ContainerEntry container) {
        waiting.add(listener -> listener.started(container));
    }

    void changed(ContainerEntry before, ContainerEntry now) {
        waiting.add(listener -> listener.changed(before, now));
    }

    void ended(ContainerEntry container, Instant noticed, @Nullable Integer exitStatus) {
        waiting.add(listener -> listener.ended(container, noticed, exitStatus));
    }

    /** Tells all listeners of all that waits; what one of them throws first is thrown in the end. */
    void tell() {
        Throwable failure = null;
        for (Consumer<ContainerListener> next = waiting.poll(); next != null; next = waiting.poll()) {
            for (ContainerListener listener : listeners) {
                try {
                    next.accept(listener);
                } catch (RuntimeException | Error e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
