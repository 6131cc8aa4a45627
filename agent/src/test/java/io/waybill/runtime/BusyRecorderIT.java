// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtime.program.BusyRecorderProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;

/** The flight recorder takes as long as it likes. */
class BusyRecorderIT {
    @OnBothJdks
    void whileItsLockIsKeptTheAgentLooks(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .agent("period=100ms")
                .options("--add-opens=jdk.jfr/jdk.jfr=ALL-UNNAMED")
                .run(BusyRecorderProgram.class);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsExactly("looked meanwhile");
    }
}
