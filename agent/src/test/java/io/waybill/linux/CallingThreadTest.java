// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Of the same clock: that of {@code System.nanoTime()} is behind it by the time that the machine was suspended. */
    @Test
    void theTimeSinceBootIsThatOfTheProcfs() throws IOException {
        double before = uptime();
        double between = calling.nanosSinceBoot() / 1e9;
        double after = uptime();

        assertThat(between).isBetween(before, after + 0.01);
    }

    /** {@code 75330.10 48347.01}: since boot, and idle, in hundredths of a second, the rest of which is cut off. */
    private static double uptime() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
    }

    private static Linux linux() {
        try {
            return Linux.load();
        } catch (NativeAccessException e) {
            throw new AssertionError(e);
        }
    }
}
