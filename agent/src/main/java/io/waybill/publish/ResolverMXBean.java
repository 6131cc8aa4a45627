// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

/** What the agent has done. */
@Described("How the agent finds inits here, and what it has done since it started")
public interface ResolverMXBean {
    /** Its name. */
    String OBJECT_NAME = "io.waybill:type=Resolver";

    /** The way in use. */
    @Described("The best way to an init that works here: NS_GET_TGID_FROM_PIDNS, NS_GET_INIT_PID or /proc")
    String getWay();

    /** The guard in use. */
    @Described("What keeps a recycled pid from being mistaken here: pidfd or start time")
    String getGuard();

    /** The binding in use. */
    @Described("What system calls are made through: FFM or JNA; empty if none can be made")
    String getBinding();

    /** Resolutions. */
    @Described("How many answers were given")
    long getResolutions();

    /** Containers. */
    @Described("How many answers led to a container")
    long getContainers();

    /** Namespaces. */
    @Described("How many answers led to a pid namespace without a container")
    long getNamespaces();

    /** Refused. */
    @Described("How many answers were refused by the kernel")
    long getRefused();

    /** Gone. */
    @Described("How many processes had ended before they could be looked at")
    long getGone();

    /** Cache hits. */
    @Described("How many answers were remembered")
    long getCacheHits();

    /** The last refusal. */
    @Described("The reason of the last refused answer; empty if there was none")
    String getLastRefusal();

    /** Queue depth. */
    @Described("How many processes wait to be looked at now")
    int getQueueDepth();

    /** Dropped. */
    @Described("How many processes were not looked at, because the queue was full")
    long getDropped();

    /** Put off. */
    @Described("How often a look or an event was put off, because more than a tenth of a core would have gone to them")
    long getPutOff();

    /** Looks. */
    @Described("How many looks at all processes there were")
    long getLooks();

    /** Lost. */
    @Described("How often the kernel dropped events that nobody had read in time; a look at all processes follows")
    long getLost();

    /** Hook errors. */
    @Described("How many errors were swallowed in instrumented methods")
    long getHookErrors();

    /** Known namespaces. */
    @Described("How many pid namespaces are known, each with a held init")
    int getKnownNamespaces();

    /** Remembered processes. */
    @Described("How many processes are remembered, each held")
    int getRememberedProcesses();
}
