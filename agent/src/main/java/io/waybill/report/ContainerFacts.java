// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import jdk.jfr.consumer.RecordedEvent;

/**
 * What the recording says about a container, or a pid namespace without one. Text is bounded, and chosen by whoever
 * started the container.
 *
 * @param name empty if unknown
 * @param runtime empty if unknown
 * @param image empty if unknown
 * @param pod its namespace and name, empty if there is none
 * @param initPid as the recording JVM saw it; 0 if unknown
 * @param initCommand empty if unknown
 * @param pidNamespace inode number; 0 if unknown
 * @param start of its init, milliseconds since 1970; 0 if unknown
 * @param lifetime milliseconds until the look that found it ended; -1 if it did not end while somebody looked
 * @param exitStatus empty if unknown
 */
public record ContainerFacts(
        String name,
        String runtime,
        String image,
        String pod,
        long initPid,
        String initCommand,
        long pidNamespace,
        long start,
        long lifetime,
        String exitStatus) {
    static final ContainerFacts NONE = new ContainerFacts("", "", "", "", 0, "", 0, 0, -1, "");

    /** As far as an event has them. */
    static ContainerFacts of(RecordedEvent event) {
        String pod = EventFields.text(event, "podName");
        String podNamespace = EventFields.text(event, "podNamespace");
        return new ContainerFacts(
                EventFields.text(event, "containerName"),
                EventFields.text(event, "runtime"),
                EventFields.text(event, "image"),
                pod.isEmpty() || podNamespace.isEmpty() ? pod : podNamespace + "/" + pod,
                EventFields.number(event, "initPid"),
                EventFields.text(event, "initCommand"),
                EventFields.number(event, "pidNamespace"),
                EventFields.number(event, "initStart"),
                event.hasField("lifetime") ? EventFields.number(event, "lifetime") : -1,
                EventFields.text(event, "exitStatus"));
    }

    /** This, completed by what others say; of another init nothing is taken. */
    ContainerFacts or(ContainerFacts others) {
        boolean another = initPid != 0 && others.initPid != 0 && initPid != others.initPid;
        ContainerFacts other = another ? others.withoutInit() : others;
        return new ContainerFacts(
                or(name, other.name),
                or(runtime, other.runtime),
                or(image, other.image),
                or(pod, other.pod),
                or(initPid, other.initPid),
                or(initCommand, other.initCommand),
                or(pidNamespace, other.pidNamespace),
                or(start, other.start),
                Math.max(lifetime, other.lifetime),
                or(exitStatus, other.exitStatus));
    }

    private ContainerFacts withoutInit() {
        return new ContainerFacts(name, runtime, image, pod, 0, "", 0, 0, NONE.lifetime, "");
    }

    private static String or(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static long or(long one, long other) {
        return one == 0 ? other : one;
    }
}
