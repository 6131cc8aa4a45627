// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtime.program.IdleProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;

/** With no recording and no scope there is one thread of the agent, and it wakes once per period. */
class IdleIT {
    private static final int SECONDS = 6;

    @OnBothJdks
    void theAgentWakesOncePerPeriod(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent("period=1s").run(IdleProgram.class, Integer.toString(SECONDS));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).hasSize(3);
        assertThat(number(outcome, "wakes waybill-agent ")).isLessThanOrEqualTo(number(outcome, "seconds ") + 1);
    }

    private static long number(Outcome outcome, String prefix) {
        return outcome.out().stream()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome));
    }
}
