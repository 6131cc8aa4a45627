// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import io.waybill.api.NamespaceId;
import io.waybill.api.PidNamespace;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces met before, each with its init held. While init lives its namespace exists, so its inode number means
 * no other; an entry whose init has ended is dropped at the next look. No entry has a time limit.
 *
 * <p>Application threads look here too, so nobody is waited for: the kernel is asked, and descriptors are closed, without
 * a lock. Who takes an entry out of the map lets go of it.
 */
final class KnownNamespaces implements AutoCloseable {
    private final Map<NamespaceId, Entry> entries = new ConcurrentHashMap<>();
    /** The next to be let go first, unless it was used since. */
    private final Queue<Entry> candidates = new ConcurrentLinkedQueue<>();

    private final int limit;
    private volatile boolean closed;

    /**
     * Makes an empty table.
     *
     * @param limit how many inits are held at most; those that nobody asked for lately are let go first
     */
    KnownNamespaces(int limit) {
        this.limit = limit;
    }

    /** The entry of a namespace whose init still lives. */
    @Nullable
    Entry living(NamespaceId id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return null;
        }
        if (entry.held.isAlive()) {
            entry.used = true;
            return entry;
        }
        drop(entry);
        return null;
    }

    /** Keeps a namespace, and holds its init from now on; after the end, although the application may still ask, not. */
    void keep(PidNamespace namespace, Init.Known init, HeldProcess held) {
        Entry entry = new Entry(namespace, init, held);
        Entry before = entries.put(namespace.id(), entry);
        if (before != null) {
            letGo(before);
        }
        candidates.add(entry);
        if (closed) {
            drop(entry);
        }
        for (int passed = 0; entries.size() > limit; passed++) {
            Entry candidate = candidates.poll();
            if (candidate == null) {
                return; // another thread is at it
            }
            if (candidate.used && passed < limit) {
                candidate.used = false;
                candidates.add(candidate);
            } else {
                drop(candidate);
            }
        }
    }

    int size() {
        return entries.size();
    }

    @Override
    public void close() {
        closed = true;
        entries.values().forEach(this::drop);
    }

    private void drop(Entry entry) {
        if (entries.remove(entry.namespace.id(), entry)) {
            letGo(entry);
        }
    }

    private void letGo(Entry entry) {
        candidates.remove(entry);
        entry.held.letGo();
    }

    /** A namespace, its init, and what keeps that from being mistaken. */
    static final class Entry {
        private final PidNamespace namespace;
        private final Init.Known init;
        private final SharedProcess held;
        private volatile boolean used = true;

        private Entry(PidNamespace namespace, Init.Known init, HeldProcess held) {
            this.namespace = namespace;
            this.init = init;
            this.held = new SharedProcess(held);
        }

        PidNamespace namespace() {
            return namespace;
        }

        Init.Known init() {
            return init;
        }
    }
}
