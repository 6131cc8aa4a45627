// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import io.waybill.api.ContainerRuntime;
import io.waybill.api.Pod;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime keeps about one container. Names, images and labels are what whoever started it chose.
 *
 * @param runtime the runtime that keeps it
 * @param id its full id, or its name where the runtime knows it by name
 * @param name its name; null where the runtime has none for it
 * @param image its image as the user named it; null where the runtime does not keep it
 * @param pod its pod; null outside pods
 * @param sandbox whether it is the sandbox of a pod
 * @param labels labels of interest
 * @param init its first process; {@link Init#NONE} where the runtime does not keep that
 * @param user whose rootless runtime keeps it; {@link Wanted#NO_USER} for one of the system
 * @param rule the name of the reader, for provenances
 * @param file where it was read
 */
public record ContainerRecord(
        ContainerRuntime runtime,
        String id,
        @Nullable String name,
        @Nullable String image,
        @Nullable Pod pod,
        boolean sandbox,
        Map<String, String> labels,
        Init init,
        long user,
        String rule,
        String file) {
    /**
     * A container's first process, as its runtime wrote it down.
     *
     * @param pid its process id in the pid namespace of the runtime; 0 if it is not known
     * @param startTicks when it started, as {@code /proc/PID/stat} has it; 0 if it is not known
     * @param cgroup the last segment of its cgroup path; empty if it is not known
     */
    public record Init(long pid, long startTicks, String cgroup) {
        /** Nothing is known of it. */
        public static final Init NONE = new Init(0, 0, "");

        /** The same, with the container's id itself where the cgroup is called so, as most are: the text is kept once. */
        Init calledAs(String id) {
            return cgroup.equals(id) ? new Init(pid, startTicks, id) : this;
        }
    }

    /** Copies the map. */
    public ContainerRecord {
        labels = Map.copyOf(labels);
    }

    /** One of which nothing but the id is known so far. */
    static ContainerRecord of(ContainerRuntime runtime, String id, String rule, String file) {
        return new ContainerRecord(
                runtime, id, null, null, null, false, Map.of(), Init.NONE, Wanted.NO_USER, rule, file);
    }

    ContainerRecord called(@Nullable String newName, @Nullable String newImage) {
        return new ContainerRecord(runtime, id, newName, newImage, pod, sandbox, labels, init, user, rule, file);
    }

    ContainerRecord in(@Nullable Pod newPod, boolean isSandbox) {
        return new ContainerRecord(runtime, id, name, image, newPod, isSandbox, labels, init, user, rule, file);
    }

    ContainerRecord labelled(Map<String, String> newLabels) {
        return new ContainerRecord(runtime, id, name, image, pod, sandbox, newLabels, init, user, rule, file);
    }

    /** The same with the first process that another file names. */
    public ContainerRecord withInit(Init newInit) {
        return new ContainerRecord(runtime, id, name, image, pod, sandbox, labels, newInit, user, rule, file);
    }

    /** The same, of a manager that runs the runtime which keeps it. */
    public ContainerRecord managedBy(ContainerRuntime manager) {
        return new ContainerRecord(manager, id, name, image, pod, sandbox, labels, init, user, rule, file);
    }

    ContainerRecord ofUser(long newUser) {
        return new ContainerRecord(runtime, id, name, image, pod, sandbox, labels, init, newUser, rule, file);
    }

    /** Whether the runtime answered it on its socket, instead of having it on disk. */
    public boolean isAnswered() {
        return rule.endsWith("-socket");
    }
}
