// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * How much of the time between two looks tasks of a container waited; begin and end are the looks. Written together with
 * {@link ContainerUsageEvent}, where the kernel accounts for pressure: in control groups of version 2.
 */
@Name("waybill.ContainerPressure")
@Label("Container Pressure")
@Description("How long tasks of a container waited, from one look of Container Usage to the next")
@Category("Container Identity")
@StackTrace(false)
public final class ContainerPressureEvent extends Event {
    @Label("Container")
    public String containerName = "";

    @Label("CPU")
    @Description("The share of time in which at least one task waited for a processor")
    @Percentage
    public float cpuPressure;

    @Label("Memory")
    @Description("The share of time in which at least one task waited for memory")
    @Percentage
    public float memoryPressure;

    @Label("I/O")
    @Description("The share of time in which at least one task waited for a device")
    @Percentage
    public float ioPressure;

    @Label("CPU Wait")
    @Description("How long at least one task waited for a processor since the container started")
    @Timespan(Timespan.NANOSECONDS)
    public long cpuPressureTime;

    @Label("Mem Wait")
    @Description("How long at least one task waited for memory since the container started")
    @Timespan(Timespan.NANOSECONDS)
    public long memoryPressureTime;

    @Label("I/O Wait")
    @Description("How long at least one task waited for a device since the container started")
    @Timespan(Timespan.NANOSECONDS)
    public long ioPressureTime;

    @Label("Id")
    @ContainerId
    public String containerId = "";
}
