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

/**
 * A container, or a pid namespace without one, that exists; written again in every chunk of a recording.
 *
 * <p>It is a row of a table of containers. {@link ContainerNamespaceEvent} says where it lives, {@link ContainerSourceEvent}
 * how that is known.
 */
@Name("waybill.Container")
@Label("Container")
@Description("A container, or a pid namespace without one, that exists; written again in every chunk")
@Category("Container Identity")
@StackTrace(false)
@Period("everyChunk")
public final class ContainerEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("Runtime")
    public String runtime = "";

    @Label("Image")
    public String image = "";

    @Label("Pod NS")
    public String podNamespace = "";

    @Label("Pod")
    public String podName = "";

    @Label("Init PID")
    @Description("The init of the pid namespace, as the recording JVM sees it; 0 if unknown")
    public long initPid;

    @Label("Init")
    public String initCommand = "";

    @Label("PID NS")
    @Description("Inode number of the pid namespace")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("Id")
    @Description("The runtime's id; empty for a pid namespace without a container")
    @ContainerId
    public String containerId = "";
}
