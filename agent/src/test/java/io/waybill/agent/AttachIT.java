// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.AttachedProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.RunningJvm;
import java.nio.file.Path;

class AttachIT {
    @OnBothJdks
    void anAgentThatIsAttachedObservesFromThenOnAndOnlyOnce(Jdk jdk) throws Exception {
        Path jar = AgentJar.withRuntime("Children");

        // Without the option, 21 and later tell of every agent that comes after the start.
        try (RunningJvm jvm =
                ChildJvm.on(jdk).options("-XX:+EnableDynamicAgentLoading").start(AttachedProgram.class)) {
            jvm.awaitLine("ready");
            jvm.loadAgent(jar, "");
            String started = jvm.awaitLine("start ");
            jvm.loadAgent(jar, "");
            jvm.terminate();

            assertThat(jvm.join().out())
                    .containsExactly("ready", "observed child " + started.substring("start ".length()), started);
            assertThat(jvm.join().err())
                    .containsExactly("waybill: runs in this JVM already; given again, it changes nothing");
        }
    }
}
