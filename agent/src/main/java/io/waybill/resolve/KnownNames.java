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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Map<Key, KnownName> names = new ConcurrentHashMap<>();
    /** Those of which something could not be read, until it is told that it is time to read again. */
    private final Set<Key> owed = ConcurrentHashMap.newKeySet();

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
            // a user makes the same mounts and command lines in a namespace of his own, but not the same cgroup
            Provenance provenance = container.provenance();
            boolean certain = provenance.source() == Provenance.Source.CGROUP
                    || provenance.source() == Provenance.Source.RUNTIME_STATE;
            return Optional.of(
                    new Key(container.runtime(), container.id(), provenance.evidence(), certain ? null : namespace));
        }
        boolean nameable = namespace != null
                || (identity instanceof NoContainer none && none.reason() == NoContainer.Reason.UNKNOWN_LAYOUT);
        return nameable ? Optional.of(new Key(null, identity.cgroupPath(), "", namespace)) : Optional.empty();
    }

    @Nullable
    Identity get(Key key) {
        KnownName known = known(key);
        return known == null ? null : known.identity();
    }

    /** The answer with the names that are known of its container. */
    Resolution applyTo(Resolution resolution) {
        Key key = keyOf(resolution).orElse(null);
        Identity name = key == null ? null : get(key);
        return name == null ? resolution : withIdentity(resolution, name);
    }

    /** What an answer that has a key says of the container. */
    static Identity identityOf(Resolution resolution) {
        return resolution instanceof Resolution.Resolved resolved
                ? resolved.identity()
                : ((Resolution.Refused) resolution).identity();
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
        KnownName known = known(key);
        return known == null || known.isToBeRead(nanoTime.getAsLong(), last, beingMade);
    }

    /** The keys of what could not be read, where it is time to read it again; each time is told once, whoever reads then. */
    Set<Key> takeOwed() {
        long now = nanoTime.getAsLong();
        Set<Key> due = new HashSet<>();
        for (Key key : owed) {
            KnownName known = names.get(key);
            if (known == null || known.isDue(now)) {
                due.add(key);
            }
        }
        owed.removeAll(due);
        return due;
    }

    /** What was found before anything was read, where that is to be read again; null otherwise. */
    @Nullable
    Identity found(Key key) {
        KnownName known = known(key);
        return known == null ? null : known.found();
    }

    private @Nullable KnownName known(Key key) {
        KnownName known = names.get(key);
        return known != null && known.start() == startOf(key) ? known : null;
    }

    /** Keeps what is known until the container ends. */
    void put(Key key, Identity identity) {
        put(key, KnownName.forGood(identity, startOf(key)));
    }

    /**
     * Keeps what is known so far of a container of which something could not be read, until it is read again, less and less
     * often and not for ever.
     *
     * @param found what was found before anything was read
     */
    void putUntilRead(Key key, Identity identity, Identity found) {
        put(key, KnownName.untilRead(identity, startOf(key), found, nanoTime.getAsLong(), known(key)));
    }

    /**
     * Keeps what is known so far. Of a container that starts, the runtime may write more, or anything, in a moment.
     *
     * @param found what was found before anything was read
     * @param beingMade whether the container's init still was its runtime
     */
    void putForNow(Key key, Identity identity, Identity found, boolean beingMade) {
        put(key, KnownName.forNow(identity, startOf(key), found, nanoTime.getAsLong(), beingMade));
    }

    private void put(Key key, KnownName known) {
        if (names.size() >= LIMIT && !names.containsKey(key)) {
            names.clear(); // read again for those that are met again
            owed.clear();
        }
        KnownName before = names.put(key, known);
        if (known.isUnread()) {
            owed.add(key);
        } else {
            owed.remove(key);
        }
        if (before == null || !known.identity().equals(before.identity()) || known.start() != before.start()) {
            version.incrementAndGet();
        }
    }

    /** Drops what was known of a container that ended, or of a namespace; not of what that turned out to be. */
    void forget(Identity ended, @Nullable NamespaceId namespace) {
        if (names.entrySet()
                .removeIf(entry ->
                        isOf(ended, namespace, entry.getKey(), entry.getValue().identity()))) {
            owed.retainAll(names.keySet());
            version.incrementAndGet();
        }
    }

    private static boolean isOf(Identity ended, @Nullable NamespaceId namespace, Key key, Identity known) {
        ContainerIdentity container = ended.container().orElse(null);
        boolean another = known.container()
                .filter(one -> container == null || !one.id().equals(container.id()))
                .isPresent();
        return key.isIn(namespace) ? !another : (container != null || namespace == null) && known.equals(ended);
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
}
