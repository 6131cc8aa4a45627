// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Resolution;
import java.time.Instant;
import java.util.Map;

/** Tells a process that entered its pid namespace from outside, as by an exec into a container, from one born inside. */
final class Joined {
    private Joined() {}

    /**
     * Whether the parent lives in another pid namespace, and the process is not the namespace's init. The kernel hands an
     * orphan to an init of its own namespace, so a parent outside is the one that brought it in.
     *
     * @param others answers for other processes, by pid
     */
    static boolean isJoined(Resolution resolution, Map<Long, Resolution> others) {
        if (!(resolution instanceof Resolution.Resolved resolved)
                || resolved.namespace().isOwn()
                || resolved.process().pidInside() == 1) {
            return false;
        }
        Resolution parent = others.get(resolved.process().parentPid());
        // a parent that the pass left out lives in this JVM's own namespace, so outside
        boolean parentOutside = !(parent instanceof Resolution.Resolved known)
                || !known.namespace().id().equals(resolved.namespace().id());
        return parentOutside && !isFirstOfItsContainer(resolved, others);
    }

    /**
     * In a pod with one pid namespace for all, pid 1 is the sandbox's, and each container's first process has a parent
     * outside. What is brought in later finds that one there.
     */
    private static boolean isFirstOfItsContainer(Resolution.Resolved process, Map<Long, Resolution> others) {
        Instant start = process.process().start();
        return start != null
                && process.identity() instanceof ContainerIdentity container
                && others.values().stream().noneMatch(other -> isOlder(other, container, start));
    }

    private static boolean isOlder(Resolution other, ContainerIdentity container, Instant start) {
        return other instanceof Resolution.Resolved known
                && known.identity() instanceof ContainerIdentity same
                && same.id().equals(container.id())
                && known.process().start() != null
                && known.process().start().isBefore(start);
    }
}
