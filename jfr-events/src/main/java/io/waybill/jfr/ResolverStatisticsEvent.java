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

/** What the agent has done since it started. */
@Name("waybill.ResolverStatistics")
@Label("Resolver Statistics")
@Description("What the agent has done since it started; all numbers are totals")
@Category("Container Identity")
@StackTrace(false)
@Period("everyChunk")
public final class ResolverStatisticsEvent extends Event {
    @Label("Way")
    @Description("The best way to an init that works here")
    public String way = "";

    @Label("Answers")
    public long resolutions;

    @Label("Found")
    @Description("Resolutions that led to a container")
    public long containers;

    @Label("Unnamed")
    @Description("Resolutions that led to a pid namespace without a container")
    public long namespaces;

    @Label("Refused")
    public long refused;

    @Label("Gone")
    public long gone;

    @Label("Cached")
    public long cacheHits;

    @Label("Dropped")
    @Description("Processes not looked at, because the queue was full")
    public long dropped;

    @Label("Missed")
    @Description(
            "How often looks or events were put off, because more than a tenth of a core would have gone to them, or"
                    + " dropped by the kernel, because nobody had read them in time")
    public long missed;

    @Label("Errors")
    @Description("Errors swallowed in instrumented methods, so that the application did not see them")
    public long hookErrors;
}
