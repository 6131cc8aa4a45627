// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.HelloProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;

class DoorsIT {
    @OnBothJdks
    void theApplicationRunsAsWithoutTheAgent(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent("").run(HelloProgram.class, "world");

        assertThat(outcome.out()).containsExactly("hello world");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @OnBothJdks
    void givenTwiceItSaysSoInOneLine(Jdk jdk) throws Exception {
        Outcome outcome =
                ChildJvm.on(jdk).agent("children=eager").agent("children=eager").run(HelloProgram.class);

        assertThat(outcome.out()).containsExactly("hello ");
        assertThat(outcome.err()).containsExactly("waybill: runs in this JVM already; given again, it changes nothing");
    }

    @OnBothJdks
    void onAnotherSystemItSaysSoInOneLine(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .options("-Dos.name=Windows 11")
                .agent("children=eager")
                .run(HelloProgram.class);

        assertThat(outcome.out()).containsExactly("hello ");
        assertThat(outcome.err())
                .containsExactly("waybill: runs on Linux on x86-64 and aarch64 only, not on Windows 11 on amd64");
    }

    @OnBothJdks
    void aRuntimeThatFailsIsOneLineAndTheApplicationStarts(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .agent(AgentJar.withRuntime("Failing"), "children=eager")
                .run(HelloProgram.class);

        assertThat(outcome.out()).containsExactly("hello ");
        assertThat(outcome.err())
                .containsExactly("waybill: does not start: java.lang.IllegalStateException: on purpose");
        assertThat(outcome.exitCode()).isZero();
    }
}
