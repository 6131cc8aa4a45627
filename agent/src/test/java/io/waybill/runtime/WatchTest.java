// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final int PROCESSES = 400;
    /** What one look takes, however many processes there are; a boxed pid for each would be 16 bytes more for each. */
    private static final long BYTES_OF_A_LOOK = 2048;

    @Test
    void aKnownProcessTakesNoMemory() throws Exception {
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "i=0; while [ $i -lt " + PROCESSES + " ]; do sleep 1000 & i=$((i+1)); done; "
                                + "echo ready; read wait; kill $(jobs -p)")
                .start();
        IdentitySettings settings = new IdentitySettings(Path.of("/"), Path.of("/"), false, false, Map.of());
        try (Answers answers = Answers.wire(64, settings, StepLog.NONE, message -> {})) {
            assertThat(shell.inputReader().readLine()).isEqualTo("ready");
            EntryMaker maker = new EntryMaker(answers.resolver(), answers.processes()::read);
            ContainerTable table = new ContainerTable(maker, Clock.systemUTC(), 10_000);
            Watch watch = new Watch(
                    answers,
                    answers.resolver(),
                    table,
                    answers.self(),
                    false,
                    (resolution, joined) -> {},
                    message -> {});

            // looks at which other processes came or went take more, and the compiler's first code does
            long least = Long.MAX_VALUE;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (least > BYTES_OF_A_LOOK && System.nanoTime() < end) {
                least = Math.min(least, allocatedBy(watch));
            }

            assertThat(least).isLessThanOrEqualTo(BYTES_OF_A_LOOK);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private static long allocatedBy(Watch watch) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        watch.pass();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
