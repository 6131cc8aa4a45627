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
import io.waybill.inventory.ContainerEntry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer laid flat, as events and beans need it: empty texts and zeros stand for what is not known. Made when asked
 * for, since a scope needs little of it, and often.
 *
 * @param identity the container or why there is none; null where nobody could look
 * @param namespace the pid namespace; null if unknown
 * @param init the init of that namespace
 */
record Facts(@Nullable Identity identity, @Nullable PidNamespace namespace, Init init) {
    private static final Init NOBODY = new Init.None("");

    static Facts of(Resolution resolution) {
        if (resolution instanceof Resolution.Resolved resolved) {
            return new Facts(resolved.identity(), resolved.namespace(), resolved.init());
        }
        if (resolution instanceof Resolution.Refused refused) {
            return new Facts(refused.identity(), null, NOBODY);
        }
        return new Facts(null, resolution instanceof Resolution.Gone gone ? gone.bornIn() : null, NOBODY);
    }

    static Facts of(ContainerEntry entry) {
        return new Facts(entry.identity(), entry.namespace(), entry.init());
    }

    /** The id, or empty. */
    String containerId() {
        return of(ContainerIdentity::id);
    }

    /** What to call it, or empty. */
    String containerName() {
        return of(ContainerIdentity::displayName);
    }

    /** The runtime's name, or empty. */
    String runtime() {
        return of(container -> container.runtime().text());
    }

    /** The image, or empty. */
    String image() {
        return of(ContainerIdentity::image);
    }

    /** The pod UID, or empty. */
    String podUid() {
        return ofPod(Pod::uid);
    }

    /** The pod's name, or empty. */
    String podName() {
        return ofPod(Pod::name);
    }

    /** The pod's Kubernetes namespace, or empty. */
    String podNamespace() {
        return ofPod(Pod::namespace);
    }

    /** The cgroup path, or empty. */
    String cgroupPath() {
        return identity == null ? "" : identity.cgroupPath();
    }

    /** The source and rule, or the reason why there is no container. */
    String provenance() {
        if (identity instanceof ContainerIdentity container) {
            return container.provenance().toString();
        }
        return identity instanceof NoContainer none ? none.explanation() : "";
    }

    /** What else a reader should know, by semicolons; each remark is bounded, and there are a handful. */
    String remarks() {
        return of(container -> String.join("; ", container.remarks()));
    }

    /** The init as this JVM sees it, or 0. */
    long initPid() {
        return init instanceof Init.Known known ? known.pid() : 0;
    }

    /** How init was found, or empty. */
    String way() {
        return init instanceof Init.Known known ? known.way().text() : "";
    }

    /** The inode number, or 0. */
    long pidNamespace() {
        return namespace == null ? 0 : namespace.id().inode();
    }

    /** The kernel's number for it, or 0. */
    long pidNamespaceId() {
        return namespace == null || namespace.kernelId() == null ? 0 : namespace.kernelId();
    }

    /** The inode number of the namespace around it, or 0. */
    long parentPidNamespace() {
        return namespace == null || namespace.parents().isEmpty()
                ? 0
                : namespace.parents().get(0).inode();
    }

    /** Levels below this JVM's own. */
    int depth() {
        return namespace == null ? 0 : namespace.depth();
    }

    private String of(Function<ContainerIdentity, @Nullable String> text) {
        String found = identity instanceof ContainerIdentity container ? text.apply(container) : null;
        return found == null ? "" : found;
    }

    private String ofPod(Function<Pod, @Nullable String> text) {
        return of(container -> container.pod() == null ? null : text.apply(container.pod()));
    }
}
