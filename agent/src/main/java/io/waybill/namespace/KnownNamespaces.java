// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import io.waybill.api.NamespaceId;
import io.waybill.api.PidNamespace;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces met before, each with its init held. While init lives its namespace exists, so its inode number means
 * no other; an entry whose init has ended is dropped at the next look. No entry has a time limit.
 */
final class KnownNamespaces implements AutoCloseable {
    private final Map<NamespaceId, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final int limit;
    private boolean closed;

    /**
     * Makes an empty table.
     *
     * @param limit how many inits are held at most; the least used is let go first
     */
    KnownNamespaces(int limit) {
        this.limit = limit;
    }

    /** The entry of a namespace whose init still lives. */
    synchronized @Nullable Entry living(NamespaceId id) {
        Entry entry = entries.get(id);
        if (entry == null || entry.held().isAlive()) {
            return entry;
        }
        entries.remove(id);
        entry.held().close();
        return null;
    }

    /** Keeps a namespace, and holds its init from now on; after the end, although the application may still ask, not. */
    synchronized void keep(PidNamespace namespace, Init.Known init, HeldProcess held) {
        if (closed) {
            held.close();
            return;
        }
        Entry before = entries.put(namespace.id(), new Entry(namespace, init, held));
        if (before != null) {
            before.held().close();
        }
        if (entries.size() > limit) {
            var least = entries.entrySet().iterator().next();
            entries.remove(least.getKey());
            least.getValue().held().close();
        }
    }

    synchronized int size() {
        return entries.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        entries.values().forEach(entry -> entry.held().close());
        entries.clear();
    }

    /** A namespace, its init, and what keeps that from being mistaken. */
    record Entry(PidNamespace namespace, Init.Known init, HeldProcess held) {}
}
