// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.util.Map;

/** The containers that this JVM's agent knows. */
@Described("The containers, and pid namespaces without one, in which processes were observed")
public interface ContainersMXBean {
    /** Its name. */
    String OBJECT_NAME = "io.waybill:type=Containers";

    /** How many containers there are. */
    @Described("How many containers there are now")
    int getContainerCount();

    /** How many pid namespaces without a container there are. */
    @Described("How many pid namespaces there are now that no container claims")
    int getNamespaceCount();

    /** How many processes live in them. */
    @Described("How many processes were seen in them")
    int getProcessCount();

    /** How many have started. */
    @Described("How many containers and pid namespaces started, or were first seen, since the agent began")
    long getStartedCount();

    /** How many have ended. */
    @Described("How many containers and pid namespaces ended since the agent began")
    long getEndedCount();

    /** How many did not fit. */
    @Described("How many were not taken in, because the table was full")
    long getNotKeptCount();

    /** How many notifications were dropped. */
    @Described("How many notifications were dropped, because those who listen did not keep up")
    long getDroppedNotificationCount();

    /** The processes of each. */
    @Described("The process ids of each, as this JVM sees them, by its name")
    Map<String, Long[]> getProcesses();

    /** All of them. */
    @Described("All of them, a row each")
    ContainerInfo[] getContainers();

    /** Answers for one pid. */
    @Described("Finds the pid namespace, its init and the container of a process")
    ResolutionInfo resolve(@Described(name = "pid", value = "a process id as this JVM sees it") long pid);

    /** Looks at all processes now. */
    @Described("Looks at all processes soon, without waiting for the next period")
    void refresh();
}
