// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.others.program.CopyProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;

/** An application that uses a copy of the API of its own sees an agent that comes later, and that it goes. */
class ApiCopiesIT {
    @OnBothJdks
    void aCopyThatIsInUseFindsAnAgentThatAttaches(Jdk jdk) throws Exception {
        try (RunningJvm jvm = ChildJvm.on(jdk)
                .options("-XX:+EnableDynamicAgentLoading")
                .start(CopyProgram.class, Stock.api().toString())) {
            jvm.awaitLine("connected: false");
            jvm.loadAgent(AgentJar.built(), "period=200ms");
            jvm.awaitLine("answered: ");
            jvm.loadAgent(AgentJar.built(), "stop");
            jvm.awaitLines("connected: false", 2);
            jvm.terminate();

            Outcome outcome = jvm.join();

            assertThat(outcome.out())
                    .containsExactly("connected: false", "connected: true", "answered: Resolved", "connected: false");
            assertThat(outcome.err()).isEmpty();
        }
    }
}
