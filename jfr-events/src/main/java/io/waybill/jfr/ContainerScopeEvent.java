// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A stretch of time in which a thread worked on behalf of a container. */
@Name("waybill.ContainerScope")
@Label("Container Scope")
@Description("A stretch of time in which a thread worked on behalf of a container")
@Category("Container Identity")
@StackTrace(false)
public final class ContainerScopeEvent extends Event {
    @Label("Container")
    @Contextual
    public String containerName = "";

    @Label("Id")
    @Description("The container of the process that was worked for; empty if it is in none")
    @ContainerId
    @Contextual
    public String containerId = "";

    @Label("PID")
    @Description("The process that was worked for, as the recording JVM sees it")
    @Contextual
    public long pid;

    @Label("Init PID")
    @Description("The init of its pid namespace, as the recording JVM sees it; 0 if unknown")
    @Contextual
    public long initPid;

    @Label("PID NS")
    @Description("Inode number of its pid namespace; 0 if unknown")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("Origin")
    @Description("What opened the scope: api, or the declared method as TYPE#METHOD")
    public String origin = "";

    @Label("Elsewhere")
    @Description("Whether another thread ended it; it then has no duration, and its thread is the one that ended it")
    public boolean endedElsewhere;
}
