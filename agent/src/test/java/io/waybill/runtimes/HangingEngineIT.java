// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.runtimes.program.HangingEngineProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A socket of Docker's on which somebody listens and says nothing. */
class HangingEngineIT {
    private static final String ID = "7315b840bfee99ffc5d3a8cfc040564e7315b840bfee99ffc5d3a8cfc040564e";

    private static Lab lab;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(Layout.V2);
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @OnBothJdks
    void theApplicationIsAnsweredMeanwhileAndTheMissingNameExplained(Jdk jdk) throws Exception {
        Outcome outcome = lab.jvm(jdk)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording:filename=" + lab.folder() + "/hang.jfr")
                .agent("runtime.api=on")
                .run(HangingEngineProgram.class, AgentJar.built().toString(), ID);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().get(0)).isEqualTo("answered while the engine hung: " + ID);
        JsonObject resolved = JsonParser.parseString(
                        String.join("\n", outcome.out().subList(1, outcome.out().size())))
                .getAsJsonObject();
        assertThat(resolved.get("containerId").getAsString()).isEqualTo(ID);
        assertThat(resolved.get("remarks").toString())
                .contains("its name is not known: /run/docker.sock: no answer in time");
    }
}
