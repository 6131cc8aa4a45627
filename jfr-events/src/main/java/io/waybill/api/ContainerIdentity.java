// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The container that a process belongs to. Every text in it may have been chosen by whoever started the container.
 *
 * @param id the runtime's full id, or the name where the runtime knows its containers by name (LXC, nspawn)
 * @param runtime what started it
 * @param name its name, without a leading slash; null where no source names it
 * @param image the image as the user named it; null where no source names it
 * @param pod the pod it belongs to; null outside pods
 * @param sandbox whether it is the sandbox of a pod (the pause container) and not a workload
 * @param labels labels of interest, such as {@code com.docker.compose.project}; empty unless names were looked up
 * @param cgroupPath the cgroup path of the process as this JVM's /proc prints it
 * @param provenance where the id comes from
 * @param remarks what a reader should know, such as a source that disagrees; one sentence each
 */
public record ContainerIdentity(
        String id,
        ContainerRuntime runtime,
        @Nullable String name,
        @Nullable String image,
        @Nullable Pod pod,
        boolean sandbox,
        Map<String, String> labels,
        String cgroupPath,
        Provenance provenance,
        List<String> remarks)
        implements Identity {
    /** Copies the collections. */
    public ContainerIdentity {
        labels = Map.copyOf(labels);
        remarks = List.copyOf(remarks);
    }

    /** The name where one is known, otherwise the id, cut to twelve characters where it has 64, as that of an engine. */
    public String displayName() {
        if (name != null) {
            return name;
        }
        return id.length() == 64 ? id.substring(0, 12) : id;
    }

    /** The container in the names of OpenTelemetry's semantic conventions for resources; what is not known is left out. */
    public Map<String, String> resourceAttributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!isOfThePod()) {
            put(attributes, "container.id", id);
        }
        put(attributes, "container.name", name);
        put(attributes, "container.image.name", image == null ? null : withoutTag(image));
        put(attributes, "container.runtime", runtime.text()); // its name until semantic-conventions#2407, of 2025
        put(attributes, "container.runtime.name", runtime.text());
        if (pod != null) {
            put(attributes, "k8s.pod.uid", pod.uid());
            put(attributes, "k8s.pod.name", pod.name());
            put(attributes, "k8s.namespace.name", pod.namespace());
            put(attributes, "k8s.container.name", pod.containerName());
        }
        return attributes;
    }

    /** From inside a pod the runtime's id may not be seen; a container is then called by the pod and its name in it. */
    private boolean isOfThePod() {
        return pod != null && (id.contains("/") || id.equals(pod.uid()) || id.equals(pod.name()));
    }

    private static void put(Map<String, String> attributes, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(key, value);
        }
    }

    /**
     * The conventions have the tag elsewhere, as one of a list.
     *
     * <pre>
     * registry.example.com:5000/team/web:1.4@sha256:b6c3be0c5848
     *            (1)                     (2)   (3)
     * (1) what is kept; a colon before the last slash belongs to a port
     * (2) the tag
     * (3) the digest
     * </pre>
     */
    private static String withoutTag(String image) {
        int digest = image.indexOf('@');
        String tagged = digest > 0 ? image.substring(0, digest) : image;
        int tag = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
        return tag > 0 ? tagged.substring(0, tag) : tagged;
    }
}
