// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtime.program.BlockingListenerProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;

/** What the application listens with takes as long as it likes. */
class ListenersIT {
    @OnBothJdks
    void whileOneBlocksTheAgentLooksAndAnswers(Jdk jdk) throws Exception {
        Needs.root();

        Outcome outcome = ChildJvm.on(jdk).agent("period=100ms").run(BlockingListenerProgram.class);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsExactly("seen meanwhile");
    }
}
