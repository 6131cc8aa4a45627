// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * What a container has used since it started, and what it may use; at begin and end of every chunk. Mission Control knows no
 * microseconds, hence nanoseconds throughout.
 */
@Name("waybill.ContainerTotals")
@Label("Container Totals")
@Description("What a container has used since it started, and what it may use")
@Category("Container Identity")
@StackTrace(false)
@Period("everyChunk")
public final class ContainerTotalsEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("CPU Time")
    @Timespan(Timespan.NANOSECONDS)
    public long cpuTime;

    @Label("CPU Limit")
    @Description(
            "How many processors it, or a control group around it, may use at a time, by quota or by a set of them; 0 for no limit")
    public double cpuLimit;

    @Label("Throttled")
    @Description("How long it was stopped for having met its CPU limit, summed over processors")
    @Timespan(Timespan.NANOSECONDS)
    public long throttledTime;

    @Label("Limit Met")
    @Description("In how many periods its CPU limit was met")
    public long throttledPeriods;

    @Label("Max Tasks")
    @Description("How many processes and threads it, or a control group around it, may have; 0 for no limit")
    public long tasksLimit;

    @Label("Read")
    @Description("Read from block devices; not a number where the kernel does not count them")
    @DataAmount
    public double bytesRead;

    @Label("Written")
    @Description("Written to block devices; not a number where the kernel does not count them")
    @DataAmount
    public double bytesWritten;

    @Label("Id")
    @ContainerId
    public String containerId = "";
}
