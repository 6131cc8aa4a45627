// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.resolve.Answers;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Tells a process that entered its pid namespace from outside, as by an exec into a container, from one born inside. */
final class Joined {
    private Joined() {}

    /**
     * Whether the parent lives in another pid namespace, and the process is not the namespace's init. The kernel hands an
     * orphan to an init of its own namespace, so a parent outside is the one that brought it in.
     *
     * @param others answers for other processes, by pid
     * @param answers has those for a parent that no look has seen, as a shell that forked and executed nothing
     */
    static boolean isJoined(Resolution resolution, Map<Long, Resolution> others, Answers answers) {
        return isJoined(resolution, others, process -> {
            Resolution parent = answers.resolver().resolve(process.parentPid());
            return parent instanceof Resolution.Gone
                    ? answers.processes()
                            .read(process.pid())
                            .map(now -> answers.resolver().resolve(now.parentPid()))
                            .orElse(parent)
                    : parent;
        });
    }

    static boolean isJoined(
            Resolution resolution, Map<Long, Resolution> others, Function<ObservedProcess, Resolution> parentOf) {
        if (!(resolution instanceof Resolution.Resolved resolved)
                || resolved.namespace().isOwn()
                || resolved.process().pidInside() == 1) {
            return false;
        }
        Resolution seen = others.get(resolved.process().parentPid());
        Resolution parent = seen == null ? parentOf.apply(resolved.process()) : seen;
        if (parent instanceof Resolution.Gone) {
            return false; // as far as can be told
        }
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
