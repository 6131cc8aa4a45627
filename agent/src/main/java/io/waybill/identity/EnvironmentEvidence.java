// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.Provenance;
import io.waybill.api.Provenance.Source;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What environment variables tell of the container of this JVM; asked only if the user allows it.
 *
 * @param variables the variables
 * @param serviceAccountNamespace the pod's namespace by the file of its service account; empty without one
 */
record EnvironmentEvidence(Map<String, String> variables, String serviceAccountNamespace) {
    // ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/34dc0b5e626f2c5c4c5170e34b10e765-1234567890     Fargate
    private static final Pattern ECS =
            Pattern.compile("http://[^/]{1,64}/v[34]/([0-9a-f]{32}-[0-9]{1,20}|[0-9a-f]{64})");

    /** The downward API leaves the names of the variables to the user; these are the usual ones. */
    private static final String[] POD_UID = {"POD_UID", "K8S_POD_UID", "KUBERNETES_POD_UID", "MY_POD_UID"};

    private static final String[] POD_NAME = {"POD_NAME", "K8S_POD_NAME", "KUBERNETES_POD_NAME", "MY_POD_NAME"};
    private static final String[] POD_NAMESPACE = {
        "POD_NAMESPACE", "K8S_NAMESPACE", "K8S_POD_NAMESPACE", "KUBERNETES_NAMESPACE", "MY_POD_NAMESPACE"
    };
    private static final String[] CONTAINER = {"CONTAINER_NAME", "K8S_CONTAINER_NAME", "KUBERNETES_CONTAINER_NAME"};

    /** The copy is the settings'. */
    EnvironmentEvidence {
        variables = Map.copyOf(variables);
    }

    /** The container, if any variable names it. */
    Optional<Identity> find(MountEvidence mounts, CgroupPath path) {
        return ecs(path).or(() -> byManager(path)).or(() -> pod(mounts, path));
    }

    private Optional<Identity> ecs(CgroupPath path) {
        return Stream.of("ECS_CONTAINER_METADATA_URI_V4", "ECS_CONTAINER_METADATA_URI")
                .filter(variables::containsKey)
                .map(variable -> ECS.matcher(String.valueOf(variables.get(variable))))
                .filter(Matcher::matches)
                .findFirst()
                .map(match -> new IdentityBuilder(ContainerRuntime.ECS, match.group(1))
                        .build(path.text(), provenance("ecs-metadata-uri", match.group())));
    }

    /** Variables that one manager sets in each of its containers. */
    private Optional<Identity> byManager(CgroupPath path) {
        String nomad = variables.get("NOMAD_ALLOC_ID");
        if (nomad != null) {
            String task = variables.get("NOMAD_TASK_NAME");
            return Optional.of(new IdentityBuilder(ContainerRuntime.NOMAD, task == null ? nomad : nomad + "." + task)
                    .name(task)
                    .build(path.text(), provenance("nomad-alloc-id", "NOMAD_ALLOC_ID")));
        }
        String garden = variables.get("CF_INSTANCE_GUID");
        if (garden != null) {
            return Optional.of(new IdentityBuilder(ContainerRuntime.GARDEN, garden)
                    .build(path.text(), provenance("cf-instance-guid", "CF_INSTANCE_GUID")));
        }
        String apptainer = first("APPTAINER_NAME", "SINGULARITY_NAME");
        if (apptainer != null) {
            return Optional.of(new IdentityBuilder(ContainerRuntime.APPTAINER, apptainer)
                    .image(first("APPTAINER_CONTAINER", "SINGULARITY_CONTAINER"))
                    .build(path.text(), provenance("apptainer-name", "APPTAINER_NAME")));
        }
        return Optional.empty();
    }

    /** The id is what Kubernetes itself tells a container by: the pod, and the container's name in it. */
    private Optional<Identity> pod(MountEvidence mounts, CgroupPath path) {
        String uid = mounts.pod() != null ? mounts.pod() : first(POD_UID);
        String container = mounts.podContainer() != null ? mounts.podContainer() : first(CONTAINER);
        String name = first(POD_NAME);
        if (uid == null && name == null) {
            return Optional.empty();
        }
        String variable = first(POD_NAMESPACE);
        String namespace = variable != null ? variable : serviceAccountNamespace;
        String pod = uid != null ? uid : namespace.isEmpty() ? String.valueOf(name) : namespace + "/" + name;
        return Optional.of(
                new IdentityBuilder(ContainerRuntime.KUBERNETES, container == null ? pod : pod + "/" + container)
                        .name(container)
                        .podUid(uid)
                        .podName(name)
                        .podNamespace(namespace.isEmpty() ? null : namespace)
                        .podContainer(container)
                        .remark(
                                "the runtime's own id cannot be seen from inside this container; this is the pod's and the name in it")
                        .build(path.text(), provenance("downward-api", pod)));
    }

    private static Provenance provenance(String rule, String evidence) {
        return new Provenance(Source.ENVIRONMENT, rule, Bounds.path(evidence));
    }

    private @Nullable String first(String... names) {
        for (String name : names) {
            String value = variables.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
