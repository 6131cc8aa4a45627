// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Labels and annotations, of which only those are kept that say what a container is part of. */
final class Labels {
    private static final Set<String> OF_INTEREST = Set.of(
            // Docker Compose and Swarm
            "com.docker.compose.project",
            "com.docker.compose.service",
            "com.docker.compose.container-number",
            "com.docker.stack.namespace",
            "com.docker.swarm.service.name",
            "com.docker.swarm.task.name",
            // podman-compose
            "io.podman.compose.project",
            "io.podman.compose.service",
            // Amazon ECS
            "com.amazonaws.ecs.cluster",
            "com.amazonaws.ecs.container-name",
            "com.amazonaws.ecs.task-arn",
            "com.amazonaws.ecs.task-definition-family",
            "com.amazonaws.ecs.task-definition-version",
            // Nomad
            "com.hashicorp.nomad.alloc_id",
            "com.hashicorp.nomad.job_name",
            "com.hashicorp.nomad.task_group_name",
            "com.hashicorp.nomad.task_name",
            // the image's own
            "org.opencontainers.image.title",
            "org.opencontainers.image.version",
            "org.opencontainers.image.revision",
            // nerdctl
            "nerdctl/namespace");

    /** Those that say which container and pod it is. */
    private static final Set<String> NAMING = Set.of(
            "io.kubernetes.docker.type",
            "io.kubernetes.pod.uid",
            "io.kubernetes.pod.name",
            "io.kubernetes.pod.namespace",
            "io.kubernetes.container.name",
            "io.kubernetes.cri.container-name",
            "io.kubernetes.cri.container-type",
            "io.kubernetes.cri.image-name",
            "io.kubernetes.cri.sandbox-id",
            "io.kubernetes.cri.sandbox-name",
            "io.kubernetes.cri.sandbox-namespace",
            "io.kubernetes.cri.sandbox-uid",
            "io.kubernetes.cri-o.ContainerID",
            "io.kubernetes.cri-o.ContainerName",
            "io.kubernetes.cri-o.ContainerType",
            "io.kubernetes.cri-o.ImageName",
            "io.kubernetes.cri-o.KubeName",
            "io.kubernetes.cri-o.SandboxID",
            "io.container.manager",
            "nerdctl/name");

    private Labels() {}

    /** Whether anything is made of a label or an annotation of that name. */
    static boolean isRead(String key) {
        return OF_INTEREST.contains(key) || NAMING.contains(key);
    }

    static Map<String, String> ofInterest(Map<String, String> labels) {
        Map<String, String> kept = new LinkedHashMap<>();
        labels.forEach((key, value) -> {
            if (OF_INTEREST.contains(key)) {
                kept.put(key, value);
            }
        });
        return kept;
    }

    /** The pod by the labels that kubelet gives to containers; null without them. */
    static @Nullable Pod kubernetesPod(Map<String, String> labels) {
        String uid = labels.get("io.kubernetes.pod.uid");
        String name = labels.get("io.kubernetes.pod.name");
        String container = labels.get("io.kubernetes.container.name");
        return uid == null && name == null
                ? null
                : new Pod(
                        uid,
                        name,
                        labels.get("io.kubernetes.pod.namespace"),
                        "POD".equals(container) ? null : container);
    }
}
