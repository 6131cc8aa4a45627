// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Remembers so many values and forgets the one that was longest unused. For any thread. */
final class BoundedCache<K, V> {
    private final int most;
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
        synchronized (values) {
            return Optional.ofNullable(values.get(key));
        }
    }

    void put(K key, V value) {
        synchronized (values) {
            values.put(key, value);
            if (values.size() > most) {
                values.remove(values.keySet().iterator().next());
            }
        }
    }
}
