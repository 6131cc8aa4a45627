// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class CallingThreadTest {
    private final CallingThread calling = linux().callingThread();

    @Test
    void whatItRanIsWhatTheJvmSaysOfThisThread() {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long between = calling.cpuNanos();
        long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        assertThat(between).isBetween(before, after);
    }

    private static Linux linux() {
        try {
            return Linux.load();
        } catch (NativeAccessException e) {
            throw new AssertionError(e);
        }
    }
}
