// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.ChurnProgram;
import io.waybill.testing.CProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processes are born and end in hundreds of namespaces, their numbers are used again and again, and eight threads ask
 * about them all the while. {@code agent/src/it/robust/churn} is the long form.
 */
class ChurnIT {
    @OnBothJdks
    void noAnswerIsAboutAnotherProcess(Jdk jdk) throws Exception {
        assertThat(judged(jdk, "polled", 0)).endsWith("late: 0, wrong: 0");
    }

    /** Until the kernel has woken the agent's thread, the process that had the number before is still told of. */
    @OnBothJdks
    void whereTheKernelTellsOfEndsNoAnswerIsAboutAStranger(Jdk jdk) throws Exception {
        assertThat(judged(jdk, "watched", Integer.MAX_VALUE)).endsWith("wrong: 0");
    }

    private static String judged(Jdk jdk, String cache, int allowedLate) throws Exception {
        Needs.root();
        String program = CProgram.compiled("churn").toString();
        Path table = Files.createTempFile(Path.of("/dev/shm"), "waybill-churn", "");

        Outcome outcome = ChildJvm.on(jdk)
                .startedBy("src/it/robust/small-pids", "1200")
                .agent("period=200ms,cache=" + cache)
                .run(ChurnProgram.class, program, table.toString(), "200", "8000", "" + allowedLate);

        Files.delete(table);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome.out().stream()
                .filter(line -> line.startsWith("agent: "))
                .findFirst()
                .orElseThrow();
    }
}
