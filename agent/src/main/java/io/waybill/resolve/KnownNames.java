// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.Resolution;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What runtimes wrote down about the containers met so far. Read once for each container, in the agent's thread; found
 * in any thread from then on. Forgotten when the container ends.
 */
final class KnownNames {
    private static final int LIMIT = 10_000;

    private final Map<Key, Identity> names = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger();

    /** Another number after each change, so that an answer with its names need not be made each time. */
    int version() {
        return version.get();
    }

    /** What the names of a process's container are kept under; none where there is nothing to be named. */
    static Optional<Key> keyOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return keyOf(
                    resolved.identity(),
                    resolved.namespace().isOwn() ? null : resolved.namespace().id());
        }
        return resolution instanceof Resolution.Refused refused ? keyOf(refused.identity(), null) : Optional.empty();
    }

    private static Optional<Key> keyOf(Identity identity, @Nullable NamespaceId namespace) {
        if (identity instanceof ContainerIdentity container) {
            return Optional.of(new Key(
                    container.runtime(), container.id(), container.provenance().evidence(), null));
        }
        boolean nameable = namespace != null
                || (identity instanceof NoContainer none && none.reason() == NoContainer.Reason.UNKNOWN_LAYOUT);
        return nameable ? Optional.of(new Key(null, identity.cgroupPath(), "", namespace)) : Optional.empty();
    }

    @Nullable
    Identity get(Key key) {
        return names.get(key);
    }

    /** The answer with the names that are known of its container. */
    Resolution applyTo(Resolution resolution) {
        Key key = keyOf(resolution).orElse(null);
        Identity name = key == null ? null : names.get(key);
        if (name == null) {
            return resolution;
        }
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.identity().equals(name)
                    ? resolution
                    : new Resolution.Resolved(resolved.process(), resolved.namespace(), resolved.init(), name);
        }
        return resolution instanceof Resolution.Refused refused
                ? new Resolution.Refused(refused.process(), refused.reason(), name)
                : resolution;
    }

    void put(Key key, Identity identity) {
        if (names.size() >= LIMIT) {
            names.clear(); // read again for those that are met again
        }
        if (!identity.equals(names.put(key, identity))) {
            version.incrementAndGet();
        }
    }

    /** Drops what was known of a container or of a namespace. */
    void forget(Identity identity, @Nullable NamespaceId namespace) {
        boolean any = names.entrySet()
                .removeIf(entry -> entry.getValue().equals(identity)
                        || (namespace != null && namespace.equals(entry.getKey().namespace())));
        if (any) {
            version.incrementAndGet();
        }
    }

    /**
     * A container by its id, or what is only known by its cgroup path and pid namespace.
     *
     * @param evidence tells a container from one that only calls itself so
     */
    record Key(
            @Nullable ContainerRuntime runtime,
            String idOrPath,
            String evidence,
            @Nullable NamespaceId namespace) {}
}
