// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A container that ended while the agent looked. */
@Name("waybill.ContainerEnded")
@Label("Container Ended")
@Description("A container that ended while the agent looked")
@Category("Container Identity")
@StackTrace(false)
public final class ContainerEndedEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("Id")
    @ContainerId
    public String containerId = "";

    @Label("Runtime")
    public String runtime = "";

    @Label("Init PID")
    @Description("The init of the pid namespace, as the recording JVM saw it; 0 if unknown")
    public long initPid;

    @Label("PID NS")
    @Description("Inode number of the pid namespace")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("Lifetime")
    @Description("From the start of its init to the look that found it ended")
    @Timespan(Timespan.MILLISECONDS)
    public long lifetime;

    @Label("Exit Status")
    @Description("Exit code and signal of init as wait gives them, where the kernel tells; otherwise empty")
    public String exitStatus = "";
}
