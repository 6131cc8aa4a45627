// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import org.jspecify.annotations.Nullable;

/** One container in numbers, for charts and exporters; its names are in the bean's name. */
@Described(
        "A container in numbers: what it has used since it started, and uses; 0 stands for unknown and for no limit, null for what the kernel does not count")
public interface ContainerMXBean {
    /** The init's process id. */
    @Described("The init of its pid namespace, as this JVM sees it; 0 if unknown")
    long getInitPid();

    /** The pid namespace. */
    @Described("Inode number of its pid namespace; 0 if unknown")
    long getPidNamespace();

    /** How many processes. */
    @Described("How many of its processes the last look at all processes found")
    int getProcesses();

    /** When it started. */
    @Described("When it started, or was first seen, in seconds since 1970")
    double getStartSeconds();

    /** Processors in use. */
    @Described("How many processors it used at a time between the last two readings, which lie a second apart or more")
    double getCpuUsage();

    /** Processor time. */
    @Described("Processor time in seconds")
    double getCpuSeconds();

    /** The limit on processors. */
    @Described("How many processors it, or a control group around it, may use at a time, by quota or by a set of them")
    double getCpuLimit();

    /** Throttled time. */
    @Described("How long it was stopped for having met its CPU limit, in seconds summed over processors")
    double getThrottledSeconds();

    /** Throttled periods. */
    @Described("In how many periods its CPU limit was met")
    long getThrottledPeriods();

    /** Memory. */
    @Described("Memory in use in bytes, the page cache of its files among it")
    long getMemoryBytes();

    /** The limit on memory. */
    @Described("How many bytes of memory it, or a control group around it, may use")
    long getMemoryLimitBytes();

    /** Processes and threads. */
    @Described("How many processes and threads there are")
    long getTasks();

    /** The limit on them. */
    @Described("How many processes and threads it, or a control group around it, may have")
    long getTasksLimit();

    /** Bytes read. */
    @Described("Bytes read from block devices")
    @Nullable
    Long getReadBytes();

    /** Bytes written. */
    @Described("Bytes written to block devices")
    @Nullable
    Long getWrittenBytes();

    /** Waiting for processors. */
    @Described("How long at least one task waited for a processor, in seconds; control groups of version 2")
    @Nullable
    Double getCpuPressureSeconds();

    /** Waiting for memory. */
    @Described("How long at least one task waited for memory, in seconds; control groups of version 2")
    @Nullable
    Double getMemoryPressureSeconds();

    /** Waiting for devices. */
    @Described("How long at least one task waited for a block device, in seconds; control groups of version 2")
    @Nullable
    Double getIoPressureSeconds();
}
