// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Remembers so many values and forgets the one that was longest unused. For any thread, and none waits for another: who finds
 * the lock taken makes the value, and does not keep it.
 */
final class BoundedCache<K, V> {
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    BoundedCache(int most) {
        this.most = most;
    }

    /** The value of a key, made if there is none; made twice if two threads need it at once. */
    V get(K key, Function<K, V> maker) {
        Optional<V> known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        V made = maker.apply(key);
        put(key, made);
        return made;
    }

    Optional<V> find(K key) {
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(values.get(key));
        } finally {
            lock.unlock();
        }
    }

    void put(K key, V value) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            values.put(key, value);
            if (values.size() > most) {
                values.remove(values.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
