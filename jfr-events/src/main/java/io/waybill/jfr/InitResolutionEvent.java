// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** The way from one pid to the init of its pid namespace. */
@Name("waybill.InitResolution")
@Label("Init Resolution")
@Description("The way from one pid to the init of its pid namespace and its container")
@Category("Container Identity")
@StackTrace(false)
@Threshold("0 ns")
public final class InitResolutionEvent extends Event {
    @Label("PID")
    @Description("The pid that was asked for, as the recording JVM sees it")
    public long pid;

    @Label("Outcome")
    @Description("The kind of answer: container, namespace, own namespace, not visible, refused, gone, unanswered")
    public String outcome = "";

    @Label("Reason")
    @Description("Why there is no better answer; empty if there is one")
    public String reason = "";

    @Label("Way")
    @Description("How init was found: NS_GET_TGID_FROM_PIDNS, NS_GET_INIT_PID or /proc")
    public String way = "";

    @Label("Init PID")
    @Description("As the recording JVM sees it; 0 if unknown")
    public long initPid;

    @Label("PID NS")
    @Description("Inode number of the pid namespace; 0 if unknown")
    @PidNamespaceInode
    public long pidNamespace;

    @Label("Cached")
    @Description("Whether the namespace was known already and its init proven alive")
    public boolean cached;
}
