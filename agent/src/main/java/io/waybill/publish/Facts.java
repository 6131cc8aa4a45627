// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.NoContainer;
import io.waybill.api.PidNamespace;
import io.waybill.api.Pod;
import io.waybill.api.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * An answer laid flat, as events and beans need it: empty texts and zeros stand for what is not known.
 *
 * @param containerId the id, or empty
 * @param containerName what to call it, or empty
 * @param runtime the runtime's name, or empty
 * @param image the image, or empty
 * @param podUid the pod UID, or empty
 * @param podName the pod's name, or empty
 * @param podNamespace the pod's Kubernetes namespace, or empty
 * @param cgroupPath the cgroup path, or empty
 * @param provenance the source and rule, or the reason why there is no container
 * @param initPid the init as this JVM sees it, or 0
 * @param way how init was found, or empty
 * @param pidNamespace the inode number, or 0
 * @param pidNamespaceId the kernel's number for it, or 0
 * @param parentPidNamespace the inode number of the namespace around it, or 0
 * @param depth levels below this JVM's own
 */
record Facts(
        String containerId,
        String containerName,
        String runtime,
        String image,
        String podUid,
        String podName,
        String podNamespace,
        String cgroupPath,
        String provenance,
        long initPid,
        String way,
        long pidNamespace,
        long pidNamespaceId,
        long parentPidNamespace,
        int depth) {
    private static final Init NOBODY = new Init.None("");

    static Facts of(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return of(resolved.identity(), resolved.namespace(), resolved.init());
        }
        if (resolution instanceof Resolution.Refused refused) {
            return of(refused.identity(), null, NOBODY);
        }
        PidNamespace namespace = resolution instanceof Resolution.Gone gone ? gone.bornIn() : null;
        return of(null, namespace, NOBODY);
    }

    static Facts of(@Nullable Identity identity, @Nullable PidNamespace namespace, Init init) {
        ContainerIdentity container = identity instanceof ContainerIdentity known ? known : null;
        Pod pod = container == null ? null : container.pod();
        Init.Known alive = init instanceof Init.Known known ? known : null;
        return new Facts(
                container == null ? "" : container.id(),
                container == null ? "" : container.displayName(),
                container == null ? "" : container.runtime().text(),
                container == null ? "" : orEmpty(container.image()),
                pod == null ? "" : orEmpty(pod.uid()),
                pod == null ? "" : orEmpty(pod.name()),
                pod == null ? "" : orEmpty(pod.namespace()),
                identity == null ? "" : identity.cgroupPath(),
                provenance(identity),
                alive == null ? 0 : alive.pid(),
                alive == null ? "" : alive.way().text(),
                namespace == null ? 0 : namespace.id().inode(),
                namespace == null || namespace.kernelId() == null ? 0 : namespace.kernelId(),
                namespace == null || namespace.parents().isEmpty()
                        ? 0
                        : namespace.parents().get(0).inode(),
                namespace == null ? 0 : namespace.depth());
    }

    private static String provenance(@Nullable Identity identity) {
        if (identity instanceof ContainerIdentity container) {
            return container.provenance().toString();
        }
        return identity instanceof NoContainer none ? none.explanation() : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
