// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** What a container used between two looks; begin and end are the looks. */
@Name("waybill.ContainerUsage")
@Label("Container Usage")
@Description("What a container used from one look to the next; begin and end of the event are the looks")
@Category("Container Identity")
@StackTrace(false)
@Period("5 s")
public final class ContainerUsageEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("CPU")
    @Description("Processor time, as a share of what all processors of the machine could have given")
    @Percentage
    public float cpuUsage;

    @Label("Throttled")
    @Description("The share of periods in which it was stopped for having met its CPU limit")
    @Percentage
    public float throttled;

    @Label("Memory")
    @Description("Memory in use at the end, the page cache of its files among it; 0 if unknown")
    @DataAmount
    public long memory;

    @Label("Mem Limit")
    @Description("The smallest limit of its control group and of those around it; 0 for none")
    @DataAmount
    public long memoryLimit;

    @Label("Tasks")
    @Description("Processes and threads at the end; 0 if unknown")
    public long tasks;

    @Label("Read")
    @Description("Read from block devices between begin and end; not a number where the kernel does not count them")
    @DataAmount
    public double bytesRead;

    @Label("Written")
    @Description("Written to block devices between begin and end; not a number where the kernel does not count them")
    @DataAmount
    public double bytesWritten;

    @Label("Id")
    @ContainerId
    public String containerId = "";
}
