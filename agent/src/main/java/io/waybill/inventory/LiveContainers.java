// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Resolution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The containers that are there. One whose runtime became known later is found under the key that it had before, too, since
 * other answers for its processes may still name it so.
 */
final class LiveContainers {
    /** What a container is called whose runtime is not known. */
    private static final List<ContainerRuntime> UNCERTAIN =
            List.of(ContainerRuntime.UNKNOWN, ContainerRuntime.KUBERNETES, ContainerRuntime.ECS);

    private final Map<ContainerKey, Live> known = new LinkedHashMap<>();
    private final Map<ContainerKey, ContainerKey> renamed = new HashMap<>();

    /** A container, and the processes that the last look found in it. */
    static final class Live {
        private final Pids pids = new Pids();
        private ContainerKey key;
        private ContainerEntry entry;

        Live(ContainerKey key, ContainerEntry entry) {
            this.key = key;
            this.entry = entry;
        }

        ContainerKey key() {
            return key;
        }

        ContainerEntry entry() {
            return entry;
        }

        Pids pids() {
            return pids;
        }

        void learn(ContainerEntry more) {
            entry = more;
        }
    }

    int size() {
        return known.size();
    }

    /** Those there are, the eldest first; what is added or removed meanwhile makes no difference to the list. */
    List<Live> all() {
        return List.copyOf(known.values());
    }

    @Nullable
    Live get(ContainerKey key) {
        Live live = known.get(key);
        return live != null || renamed.isEmpty() ? live : known.get(renamed.getOrDefault(key, key));
    }

    /** The key that it has by now; itself if there is none. */
    ContainerKey current(ContainerKey key) {
        Live live = get(key);
        return live == null ? key : live.key;
    }

    Optional<Live> of(Resolution resolution) {
        return ContainerKey.of(resolution).map(this::get);
    }

    Live add(ContainerKey key, ContainerEntry entry) {
        Live live = new Live(key, entry);
        known.put(key, live);
        return live;
    }

    void remove(Live live) {
        known.remove(live.key);
        renamed.values().removeIf(live.key::equals);
    }

    /**
     * The container of the same id and init, whose runtime was not known.
     *
     * @param key one that is not there
     * @param resolution the answer for one of its processes
     */
    Optional<Live> uncertain(ContainerKey key, Resolution resolution) {
        if (key.runtime() == null || !(resolution instanceof Resolution.Resolved resolved)) {
            return Optional.empty();
        }
        return UNCERTAIN.stream()
                .map(runtime -> known.get(new ContainerKey(runtime, key.id(), null)))
                .filter(live -> live != null && live.entry.isOf(resolved))
                .findFirst();
    }

    /** Puts it under another key. */
    void rename(Live live, ContainerKey key) {
        known.remove(live.key);
        renamed.replaceAll((before, now) -> now.equals(live.key) ? key : now);
        renamed.put(live.key, key);
        known.put(key, live);
        live.key = key;
    }
}
