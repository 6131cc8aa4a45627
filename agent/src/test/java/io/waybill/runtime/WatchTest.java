// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.StepLog;
import io.waybill.resolve.Answers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final int PROCESSES = 400;
    /** What one look takes, however many processes there are; a boxed pid for each would be 16 bytes more for each. */
    private static final long BYTES_OF_A_LOOK = 2048;

    private static final ProcessLists.Difference NOTHING = new ProcessLists.Difference() {
        @Override
        public void gone(long pid) {}

        @Override
        public void came(long pid) {}
    };

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
            ProcessLists before = list(answers);
            ProcessLists now = list(answers);
            assertThat(now.size()).isGreaterThan(PROCESSES);

            // until the compiler is done; what comes and goes on the machine meanwhile is looked at elsewhere
            long least = Long.MAX_VALUE;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (least > BYTES_OF_A_LOOK && System.nanoTime() < end) {
                least = Math.min(least, allocatedBy(answers, before, now));
            }

            assertThat(least).isLessThanOrEqualTo(BYTES_OF_A_LOOK);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    /** What a look does about every process, known or not. */
    private static long allocatedBy(Answers answers, ProcessLists before, ProcessLists now) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadAllocatedBytes();
        now.clear();
        answers.listProcesses(now::add);
        now.differences(before, NOTHING);
        return threads.getCurrentThreadAllocatedBytes() - start;
    }

    private static ProcessLists list(Answers answers) throws IOException {
        ProcessLists list = new ProcessLists();
        answers.listProcesses(list::add);
        return list;
    }
}
