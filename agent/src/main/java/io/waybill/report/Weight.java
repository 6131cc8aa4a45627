// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/** What stacks are weighed by. */
public enum Weight {
    /** Samples of threads that run Java code, {@code jdk.ExecutionSample}. */
    EXECUTION,
    /** Samples by consumed CPU time, {@code jdk.CPUTimeSample}, since JDK 25. */
    CPU_TIME,
    /** Bytes, estimated by {@code jdk.ObjectAllocationSample}. */
    ALLOCATION
}
