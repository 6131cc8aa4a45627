// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

/** The pid namespace that a container lives in, or one without a container, and its init; written again in every chunk. */
@Name("waybill.ContainerNamespace")
@Label("Container Namespace")
@Description("The pid namespace that a container lives in, and its init; written again in every chunk")
@Category("Container Identity")
@StackTrace(false)
@Period("everyChunk")
public final class ContainerNamespaceEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("Init PID")
    @Description("The init of the pid namespace, as the recording JVM sees it; 0 if unknown")
    public long initPid;

    @Label("Started")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    public long initStart;

    @Label("Shared")
    @Description("Whose init it is, where the pid namespace is not the container's own: host, pod or a container")
    public String sharedWith = "";

    @Label("Depth")
    @Description("Levels below the recording JVM's own pid namespace")
    public int depth;

    @Label("PID NS")
    @Description("Inode number of the pid namespace")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("PID NS Id")
    @Description("The kernel's number for the namespace, never reused; 0 before Linux 6.18")
    public long pidNamespaceId;

    @Label("Parent NS")
    @Description("Inode number of the namespace around it; 0 for the recording JVM's own")
    public long parentPidNamespace;

    @Label("Id")
    @Description("The runtime's id; empty for a pid namespace without a container")
    @ContainerId
    public String containerId = "";
}
