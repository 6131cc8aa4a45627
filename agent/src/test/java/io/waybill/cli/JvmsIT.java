// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.waybill.agent.program.AttachedProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.HostedContainer;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;

class JvmsIT {
    @OnBothJdks
    void aJvmInAContainerIsListedWithWhatItRuns(Jdk jdk) throws Exception {
        String java = jdk.program("java").toRealPath().toString();
        String classes = ChildJvm.testClasses().toString();
        try (HostedContainer container = HostedContainer.running(
                ChildJvm.testClasses(), java, "-cp", classes, AttachedProgram.class.getName())) {
            container.awaitLine("ready");
            Outcome outcome =
                    ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "ps", "--jvms");

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out())
                    .filteredOn(line -> line.startsWith(container.initPid() + " "))
                    .singleElement()
                    .asString()
                    .matches(container.initPid() + " +1 +runc +" + container.id() + " +"
                            + AttachedProgram.class.getName());
            Outcome json = ChildJvm.on(jdk).runCommand("-jar", AgentJar.built().toString(), "ps", "--jvms", "--json");
            assertThat(JsonParser.parseString(String.join("\n", json.out())).getAsJsonArray())
                    .map(JsonElement::getAsJsonObject)
                    .filteredOn(each -> each.get("pid").getAsLong() == container.initPid())
                    .singleElement()
                    .satisfies(each -> assertThat(each.keySet()).containsExactly("pid", "pidInside", "name", "runs"));
        }
    }
}
