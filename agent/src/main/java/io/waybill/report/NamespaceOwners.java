// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Whom the pid namespaces of one JVM turned out to be of. What a runtime wrote down of its container is read in the
 * agent's thread, so a scope can end before more than the namespace is known of whom it was for.
 *
 * <p>Inode numbers are used again as soon as a namespace is gone, hence a namespace is known by its init too.
 */
final class NamespaceOwners {
    private static final int MOST = 20_000;

    private final int recording;
    private final Set<Namespace> met = new HashSet<>();
    private final Map<Namespace, Set<String>> containers = new HashMap<>();
    private final Set<Namespace> shared = new HashSet<>();

    /**
     * Knows nothing yet.
     *
     * @param recording the number of the JVM's first one
     */
    NamespaceOwners(int recording) {
        this.recording = recording;
    }

    /** The subject of an event: a container, or else the pid namespace, whose container may be known later. */
    Subject subject(RecordedEvent event) {
        String containerId = EventFields.text(event, "containerId");
        Namespace namespace = Namespace.of(event);
        if (containerId.isEmpty() && namespace.inode != 0 && met.size() < MOST) {
            met.add(namespace);
        }
        return Subject.of(recording, containerId, namespace.inode, namespace.initPid);
    }

    /** {@code waybill.ContainerNamespace}: the namespace is of this container, unless it has that of the JVM or of another one. */
    void container(RecordedEvent event) {
        String containerId = EventFields.text(event, "containerId");
        Namespace namespace = Namespace.of(event);
        if (containerId.isEmpty() || namespace.initPid == 0 || containers.size() >= MOST) {
            return;
        }
        Set<String> ids = containers.computeIfAbsent(namespace, any -> new HashSet<>());
        if (ids.size() < 2) {
            ids.add(containerId); // of more, none is meant either
        }
        if (EventFields.number(event, "depth") == 0
                || !EventFields.text(event, "sharedWith").isEmpty()) {
            shared.add(namespace);
        }
    }

    /**
     * For each pid namespace whose owner is known in the end, that one.
     *
     * @param own inode number of the recording JVM's own; 0 if unknown
     */
    Map<Subject, Subject> owners(long own) {
        Map<Long, Set<Namespace>> withInit = new HashMap<>();
        Stream.concat(met.stream(), containers.keySet().stream())
                .filter(namespace -> namespace.initPid != 0)
                .forEach(namespace -> withInit.computeIfAbsent(namespace.inode, any -> new HashSet<>())
                        .add(namespace));
        Map<Subject, Subject> owners = new HashMap<>();
        for (Namespace namespace : met) {
            Namespace complete = namespace.initPid != 0 ? namespace : onlyOne(withInit.get(namespace.inode), namespace);
            owners.put(namespace.subject(recording), namespace.inode == own ? Subject.OWN : owner(complete));
        }
        owners.entrySet().removeIf(each -> each.getKey().equals(each.getValue()));
        return owners;
    }

    private Subject owner(Namespace namespace) {
        String containerId = onlyOne(containers.get(namespace), "");
        return containerId.isEmpty() || shared.contains(namespace)
                ? namespace.subject(recording)
                : Subject.container(containerId);
    }

    /** The init is unknown for a moment where a namespace ends; then it is that of the only one of its number. */
    private static <T> T onlyOne(@Nullable Set<T> known, T otherwise) {
        return known != null && known.size() == 1 ? known.iterator().next() : otherwise;
    }

    /**
     * A pid namespace of one JVM.
     *
     * @param initPid its init as the recording JVM saw it; 0 if unknown
     */
    private record Namespace(long inode, long initPid) {
        static Namespace of(RecordedEvent event) {
            return new Namespace(EventFields.number(event, "pidNamespace"), EventFields.number(event, "initPid"));
        }

        Subject subject(int recording) {
            return Subject.namespace(recording, inode, initPid);
        }
    }
}
