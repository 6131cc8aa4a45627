// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.Provenance;
import io.waybill.api.Resolution;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What runtimes wrote down about the containers met so far. Read in the agent's thread, once for each container that did
 * not start just now; found in any thread from then on. Forgotten when the container ends.
 */
final class KnownNames {
    private static final int LIMIT = 10_000;

    /** How long nothing is read again of a container that its runtime may be about to write down. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<Key, Known> names = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger();
    private final LongUnaryOperator startOf;
    private final LongSupplier nanoTime;

    /**
     * Knows nothing yet.
     *
     * @param startOf when a process started, as a number that no later process of that pid has; 0 if it is not known
     */
    KnownNames(LongUnaryOperator startOf, LongSupplier nanoTime) {
        this.startOf = startOf;
        this.nanoTime = nanoTime;
    }

    /** The time by the clock that was given. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** Another number after each change, so that an answer with its names need not be made each time. */
    int version() {
        return version.get();
    }

    /** What the names of a process's container are kept under; none where there is nothing to be named. */
    static Optional<Key> keyOf(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return keyOf(resolved.identity(), resolved.namespace().isOwn() ? null : namespaceOf(resolved));
        }
        return resolution instanceof Resolution.Refused refused ? keyOf(refused.identity(), null) : Optional.empty();
    }

    private static Namespace namespaceOf(Resolution.Resolved resolved) {
        NamespaceId id = resolved.namespace().id();
        Long kernelId = resolved.namespace().kernelId();
        if (kernelId != null) {
            return new Namespace(id, kernelId, 0);
        }
        // before Linux 6.18 there is no such number, and that of an ended namespace is given to the next one made
        long init = resolved.init() instanceof Init.Known known ? known.pid() : resolved.pid();
        return new Namespace(id, 0, init);
    }

    private static Optional<Key> keyOf(Identity identity, @Nullable Namespace namespace) {
        if (identity instanceof ContainerIdentity container) {
            if (container.provenance().source() == Provenance.Source.RUNTIME_STATE) {
                return Optional.empty(); // it has its names
            }
            // a user makes the same mounts and command lines in a namespace of his own, but not the same cgroup
            boolean byCgroup = container.provenance().source() == Provenance.Source.CGROUP;
            return Optional.of(new Key(
                    container.runtime(),
                    container.id(),
                    container.provenance().evidence(),
                    byCgroup ? null : namespace));
        }
        boolean nameable = namespace != null
                || (identity instanceof NoContainer none && none.reason() == NoContainer.Reason.UNKNOWN_LAYOUT);
        return nameable ? Optional.of(new Key(null, identity.cgroupPath(), "", namespace)) : Optional.empty();
    }

    @Nullable
    Identity get(Key key) {
        Known known = names.get(key);
        return known != null && known.start() == startOf(key) ? known.identity() : null;
    }

    /** The answer with the names that are known of its container. */
    Resolution applyTo(Resolution resolution) {
        Key key = keyOf(resolution).orElse(null);
        Identity name = key == null ? null : get(key);
        return name == null ? resolution : withIdentity(resolution, name);
    }

    /** The answer with another identity. */
    static Resolution withIdentity(Resolution resolution, Identity name) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return resolved.identity().equals(name)
                    ? resolution
                    : new Resolution.Resolved(resolved.process(), resolved.namespace(), resolved.init(), name);
        }
        return resolution instanceof Resolution.Refused refused
                ? new Resolution.Refused(refused.process(), refused.reason(), name)
                : resolution;
    }

    /**
     * Whether it is time to read what the runtime wrote down.
     *
     * @param last whether nobody will ask again, as for a process that has settled
     * @param beingMade whether the container's init still is its runtime; when that is over, all has been written
     */
    boolean isToBeRead(Key key, boolean last, boolean beingMade) {
        Known known = names.get(key);
        return known == null
                || known.start() != startOf(key)
                || (known.found() != null
                        && (last
                                || (known.beingMade() && !beingMade)
                                || nanoTime.getAsLong() - known.read() > PATIENCE));
    }

    /** What was found before anything was read, where that is to be read again; null otherwise. */
    @Nullable
    Identity found(Key key) {
        Known known = names.get(key);
        return known == null ? null : known.found();
    }

    /** Keeps what is known until the container ends. */
    void put(Key key, Identity identity) {
        put(key, new Known(identity, startOf(key), null, 0, false));
    }

    /**
     * Keeps what is known so far. Of a container that starts, the runtime may write more, or anything, in a moment.
     *
     * @param found what was found before anything was read
     * @param beingMade whether the container's init still was its runtime
     */
    void putForNow(Key key, Identity identity, Identity found, boolean beingMade) {
        put(key, new Known(identity, startOf(key), found, nanoTime.getAsLong(), beingMade));
    }

    private void put(Key key, Known known) {
        if (names.size() >= LIMIT) {
            names.clear(); // read again for those that are met again
        }
        Known before = names.put(key, known);
        if (before == null || !known.identity().equals(before.identity()) || known.start() != before.start()) {
            version.incrementAndGet();
        }
    }

    /** Drops what was known of a container or of a namespace. */
    void forget(Identity identity, @Nullable NamespaceId namespace) {
        boolean any = names.entrySet()
                .removeIf(entry -> entry.getValue().identity().equals(identity)
                        || entry.getKey().isIn(namespace));
        if (any) {
            version.incrementAndGet();
        }
    }

    /** Asked only where the pid is the best there is, and of a namespace that has names. */
    private long startOf(Key key) {
        return key.namespace() == null || key.namespace().process() == 0
                ? 0
                : startOf.applyAsLong(key.namespace().process());
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
            @Nullable Namespace namespace) {
        boolean isIn(@Nullable NamespaceId id) {
            return id != null && namespace != null && namespace.id().equals(id);
        }
    }

    /**
     * A pid namespace, so that no later one is taken for it.
     *
     * @param kernelId the kernel's number for it, which is never given again; 0 if the kernel has none
     * @param process without such a number, its init, or a process in it
     */
    record Namespace(NamespaceId id, long kernelId, long process) {}

    /**
     * What is known.
     *
     * @param start when the key's process started; 0 where the key needs none
     * @param found what was found before anything was read, if it is to be read again; null if it need not be
     * @param read when it was read, in that case, by the clock that was given
     * @param beingMade whether the init was its runtime then
     */
    private record Known(
            Identity identity, long start, @Nullable Identity found, long read, boolean beingMade) {}
}
