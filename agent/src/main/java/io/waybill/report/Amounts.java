// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/** How much of each weight. */
final class Amounts {
    private long execution;
    private long cpuTime;
    private long allocation;

    void add(Weight weight, long more) {
        switch (weight) {
            case EXECUTION -> execution += more;
            case CPU_TIME -> cpuTime += more;
            case ALLOCATION -> allocation += more;
        }
    }

    void addAll(Amounts others) {
        execution += others.execution;
        cpuTime += others.cpuTime;
        allocation += others.allocation;
    }

    long of(Weight weight) {
        return switch (weight) {
            case EXECUTION -> execution;
            case CPU_TIME -> cpuTime;
            case ALLOCATION -> allocation;
        };
    }
}
