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

/** How a container is known, or why none is; written again in every chunk. */
@Name("waybill.ContainerSource")
@Label("Container Source")
@Description("How a container is known, or why a pid namespace has none; written again in every chunk")
@Category("Container Identity")
@StackTrace(false)
@Period("everyChunk")
public final class ContainerSourceEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("Known By")
    @Description("The source of the container id and the rule that matched, or the reason why there is none")
    public String provenance = "";

    @Label("Remarks")
    @Description("What else a reader should know, such as a source that disagrees, by semicolons")
    public String remarks = "";

    @Label("Cgroup")
    @Description("Of a process of the container, as the recording JVM's /proc prints it")
    public String cgroupPath = "";

    @Label("Pod UID")
    public String podUid = "";

    @Label("PID NS")
    @Description("Inode number of the pid namespace")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("Id")
    @Description("The runtime's id; empty for a pid namespace without a container")
    @ContainerId
    public String containerId = "";
}
