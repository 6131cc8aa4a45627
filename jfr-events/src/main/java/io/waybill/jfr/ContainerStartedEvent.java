// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

/** A container that started, or was first seen, while the agent looked. */
@Name("waybill.ContainerStarted")
@Label("Container Started")
@Description("A container that started, or was first seen, while the agent looked")
@Category("Container Identity")
@StackTrace(false)
public final class ContainerStartedEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("Id")
    @ContainerId
    public String containerId = "";

    @Label("Runtime")
    public String runtime = "";

    @Label("Init PID")
    @Description("The init of the pid namespace, as the recording JVM sees it; 0 if unknown")
    public long initPid;

    @Label("Started")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    public long initStart;

    @Label("PID NS")
    @Description("Inode number of the pid namespace")
    @PidNamespaceInode
    public long pidNamespace;
}
