// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.ShareProgram;
import io.waybill.testing.CProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import org.junit.jupiter.api.BeforeEach;

/** A container that starts processes without end, as fast as one CPU can, does not make the agent burn another one. */
class StormIT {
    private static final int SECONDS = 12;
    /** A tenth for looks and one for events, and what may be saved up for both: two seconds. */
    private static final int ALLOWED = 2 * 10 + 200 / SECONDS;
    /** For what the clock of a thread does not tell in time, and what is begun when the last is spent. */
    private static final int SLACK = 5;

    @BeforeEach
    void needRoot() {
        Needs.root();
        Needs.program("taskset");
    }

    @OnBothJdks
    void theAgentTakesItsShareOfACoreAndFindsTheOtherContainers(Jdk jdk) throws Exception {
        try (Unshared storm = Unshared.running(
                "taskset", "--cpu-list", "0", CProgram.compiled("storm").toString())) {
            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording")
                    .agent("period=100ms")
                    .run(ShareProgram.class, Integer.toString(SECONDS));

            assertThat(storm.initPid()).isPositive();
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).allMatch(StormIT::isOfTheBudget).hasSizeLessThanOrEqualTo(2);
            assertThat(outcome.out()).contains("found");
            assertThat(share(outcome)).as(outcome.toString()).isBetween(1L, (long) ALLOWED + SLACK);
        }
    }

    static boolean isOfTheBudget(String line) {
        return line.startsWith("waybill: ") && line.contains("a tenth of a core");
    }

    private static long share(Outcome outcome) {
        return outcome.out().stream()
                .filter(line -> line.startsWith("share "))
                .mapToLong(line -> Long.parseLong(line.substring("share ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome));
    }
}
