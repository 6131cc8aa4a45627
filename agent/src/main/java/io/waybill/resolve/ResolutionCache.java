// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;
import io.waybill.namespace.HeldProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers given before, each guarded by the held process it is about: while that lives, its pid means no other process
 * and its namespace cannot change. No answer has a time limit, and none is given for a process that has ended.
 */
final class ResolutionCache implements AutoCloseable {
    private static final int SHARDS = 16;

    private final Shard[] shards = new Shard[SHARDS];

    /**
     * Makes an empty cache.
     *
     * @param limit how many processes are held at most; the least used are let go first
     */
    ResolutionCache(int limit) {
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard(Math.max(1, limit / SHARDS));
        }
    }

    @Nullable
    Resolution get(long pid) {
        return shard(pid).get(pid);
    }

    /** Keeps an answer, and holds the process from now on. */
    void put(HeldProcess process, Resolution resolution) {
        shard(process.pid()).put(process, resolution);
    }

    int size() {
        int size = 0;
        for (Shard shard : shards) {
            size += shard.size();
        }
        return size;
    }

    /** Lets go of the processes that have ended. */
    void sweep() {
        for (Shard shard : shards) {
            shard.sweep();
        }
    }

    @Override
    public void close() {
        for (Shard shard : shards) {
            shard.close();
        }
    }

    private Shard shard(long pid) {
        return shards[(int) pid & (SHARDS - 1)];
    }

    private record Entry(HeldProcess process, Resolution resolution) {}

    /** The lock is held during the look at the process: a descriptor closed meanwhile could mean another file. */
    private static final class Shard {
        private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
        private final int limit;

        Shard(int limit) {
            this.limit = limit;
        }

        synchronized @Nullable Resolution get(long pid) {
            Entry entry = entries.get(pid);
            if (entry == null || entry.process().isAlive()) {
                return entry == null ? null : entry.resolution();
            }
            entries.remove(pid);
            entry.process().close();
            return null;
        }

        synchronized void put(HeldProcess process, Resolution resolution) {
            Entry before = entries.put(process.pid(), new Entry(process, resolution));
            if (before != null) {
                before.process().close();
            }
            if (entries.size() > limit) {
                var least = entries.entrySet().iterator();
                least.next().getValue().process().close();
                least.remove();
            }
        }

        synchronized int size() {
            return entries.size();
        }

        synchronized void sweep() {
            entries.values().removeIf(entry -> {
                boolean ended = !entry.process().isAlive();
                if (ended) {
                    entry.process().close();
                }
                return ended;
            });
        }

        synchronized void close() {
            entries.values().forEach(entry -> entry.process().close());
            entries.clear();
        }
    }
}
