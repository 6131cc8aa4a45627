// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.Pod;
import io.waybill.api.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An identity in the making. */
final class IdentityBuilder {
    private ContainerRuntime runtime;
    private final String id;
    private @Nullable String name;
    private @Nullable String image;
    private @Nullable String podUid;
    private @Nullable String podName;
    private @Nullable String podNamespace;
    private @Nullable String podContainer;
    private boolean sandbox;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    IdentityBuilder(ContainerRuntime runtime, String id) {
        this.runtime = runtime;
        this.id = Bounds.name(id);
    }

    /** Everything of an identity. */
    static IdentityBuilder of(ContainerIdentity known) {
        return new IdentityBuilder(known.runtime(), known.id())
                .name(known.name())
                .image(known.image())
                .pod(known.pod())
                .sandbox(known.sandbox())
                .labels(known.labels())
                .remarks(known.remarks());
    }

    IdentityBuilder runtime(ContainerRuntime value) {
        runtime = value;
        return this;
    }

    /** What the process above it tells; with CRI a shim has the id of the sandbox, and holds all containers of the pod. */
    IdentityBuilder heldBy(ContainerRuntime holder, boolean sameId) {
        if (runtime == ContainerRuntime.UNKNOWN || runtime == ContainerRuntime.KUBERNETES) {
            sandbox |= sameId;
            runtime = holder;
        }
        return this;
    }

    /** Null leaves what is there, here and below. */
    IdentityBuilder name(@Nullable String value) {
        name = value == null ? name : Bounds.name(value);
        return this;
    }

    IdentityBuilder image(@Nullable String value) {
        image = value == null ? image : Bounds.path(value);
        return this;
    }

    IdentityBuilder podUid(@Nullable String value) {
        podUid = value == null ? podUid : Bounds.name(value);
        return this;
    }

    IdentityBuilder podName(@Nullable String value) {
        podName = value == null ? podName : Bounds.name(value);
        return this;
    }

    IdentityBuilder podNamespace(@Nullable String value) {
        podNamespace = value == null ? podNamespace : Bounds.name(value);
        return this;
    }

    IdentityBuilder podContainer(@Nullable String value) {
        podContainer = value == null ? podContainer : Bounds.name(value);
        return this;
    }

    IdentityBuilder pod(@Nullable Pod pod) {
        return pod == null
                ? this
                : podUid(pod.uid())
                        .podName(pod.name())
                        .podNamespace(pod.namespace())
                        .podContainer(pod.containerName());
    }

    IdentityBuilder sandbox(boolean value) {
        sandbox |= value;
        return this;
    }

    IdentityBuilder labels(Map<String, String> values) {
        values.forEach((key, value) -> labels.put(Bounds.name(key), Bounds.path(value)));
        return this;
    }

    IdentityBuilder remark(String value) {
        remarks.add(Bounds.path(value));
        return this;
    }

    IdentityBuilder remarks(List<String> values) {
        values.forEach(this::remark);
        return this;
    }

    /** Says that the container is inside of others. */
    IdentityBuilder around(List<String> ids) {
        return ids.isEmpty() ? this : remark("inside of container " + String.join(", inside of ", ids));
    }

    Identity build(String cgroupPath, Provenance provenance) {
        Pod pod = podUid == null && podName == null ? null : new Pod(podUid, podName, podNamespace, podContainer);
        return new ContainerIdentity(
                id, runtime, name, image, pod, sandbox, labels, Bounds.path(cgroupPath), provenance, remarks);
    }
}
