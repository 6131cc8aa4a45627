// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A process that came to the agent's notice. */
@Name("waybill.ProcessObserved")
@Label("Process Observed")
@Description("A process that came to the agent's notice, with its init and its container")
@Category("Container Identity")
@StackTrace(false)
public final class ProcessObservedEvent extends Event {
    @Label("PID")
    @Description("As the recording JVM sees it")
    public long pid;

    @Label("Command")
    public String command = "";

    @Label("Origin")
    @Description("How it came to notice: self, child, peer, attach, scope, proc, api, jmx")
    public String origin = "";

    @Label("Container")
    public String containerName = "";

    @Label("Id")
    @ContainerId
    public String containerId = "";

    @Label("Init PID")
    @Description("The init of its pid namespace, as the recording JVM sees it; 0 if unknown")
    public long initPid;

    @Label("Inside")
    @Description("Its process id in its own pid namespace; 0 if unknown")
    public long pidInside;

    @Label("Joined")
    @Description("Whether it entered the namespace from outside, as by an exec into the container")
    public boolean joined;

    @Label("Outcome")
    @Description("The kind of answer: container, namespace, own namespace, not visible, refused, gone, unanswered")
    public String outcome = "";

    @Label("PID NS")
    @Description("Inode number of its pid namespace; 0 if unknown")
    @PidNamespaceInode
    public long pidNamespace;
}
