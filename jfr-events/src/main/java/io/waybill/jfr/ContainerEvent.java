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

/**
 * A container, or a pid namespace without one, that exists; written again in every chunk of a recording.
 *
 * <p>It is what is known of a container, once, so that other events can do with its id. What stands in a table of
 * containers comes first, what explains one container last.
 */
@Name("waybill.Container")
@Label("Container")
@Description("A container, or a pid namespace without one, that exists; written again in every chunk")
@Category("Container Identity")
@StackTrace(false)
@Period("everyChunk")
public final class ContainerEvent extends Event {
    @Label("Container Id")
    @Description("The runtime's id; empty for a pid namespace without a container")
    @ContainerId
    public String containerId = "";

    @Label("Container Name")
    public String containerName = "";

    @Label("Runtime")
    public String runtime = "";

    @Label("Image")
    public String image = "";

    @Label("Init PID")
    @Description("The init of the pid namespace, as the recording JVM sees it; 0 if unknown")
    public long initPid;

    @Label("Init Command")
    public String initCommand = "";

    @Label("Init Start Time")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    public long initStart;

    @Label("PID Namespace")
    @Description("Inode number of the pid namespace")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("Pod Name")
    public String podName = "";

    @Label("Pod Namespace")
    public String podNamespace = "";

    @Label("PID Namespace Id")
    @Description("The kernel's number for the namespace, never reused; 0 before Linux 6.18")
    public long pidNamespaceId;

    @Label("Parent PID Namespace")
    @Description("Inode number of the namespace around it; 0 for the recording JVM's own")
    public long parentPidNamespace;

    @Label("Depth")
    @Description("Levels below the recording JVM's own pid namespace")
    public int depth;

    @Label("Shared With")
    @Description("Whose init it is, where the pid namespace is not the container's own: host, pod or a container")
    public String sharedWith = "";

    @Label("Pod UID")
    public String podUid = "";

    @Label("Cgroup Path")
    public String cgroupPath = "";

    @Label("Provenance")
    @Description("The source of the container id and the rule that matched, or the reason why there is none")
    public String provenance = "";
}
