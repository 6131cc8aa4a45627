// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import io.waybill.resolve.ResolverCounters;

/** The numbers of the running agent, for the statistics event and the resolver's bean. */
public interface AgentFigures {
    /** The best way to an init that works here. */
    String way();

    /** What keeps a recycled pid from being mistaken here. */
    String guard();

    /** What system calls are made through; empty if none can be made. */
    String binding();

    /** What was answered so far. */
    ResolverCounters counters();

    /** The reason of the last refused answer; empty if there was none. */
    String lastRefusal();

    /** How many processes wait to be looked at. */
    int queueDepth();

    /** How many were not looked at, because the queue was full. */
    long dropped();

    /** How often a look or an event was put off, since they took more than their share of a core. */
    long putOff();

    /** How many looks at all processes there were. */
    long looks();

    /** How often the kernel dropped events that nobody had read in time. */
    long lost();

    /** How many errors were swallowed in instrumented methods. */
    long hookErrors();

    /** How many pid namespaces are known, each with a held init. */
    int knownNamespaces();

    /** How many processes are remembered, each held. */
    int rememberedProcesses();
}
