// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.observe.program.ChildrenProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

class ChildProcessesIT {
    private static Path jar = Path.of("");

    @BeforeAll
    static void buildJar() throws IOException {
        jar = AgentJar.withRuntime("Children");
    }

    @OnBothJdks
    void everyWayToStartAChildIsObserved(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(jar, "children=eager").run(ChildrenProgram.class);

        assertThat(pids(outcome, "observed child ")).hasSize(4).isEqualTo(pids(outcome, "(exec|start|pipeline) "));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @OnBothJdks
    void theExceptionOfAFailingStartIsTheApplications(Jdk jdk) throws Exception {
        Outcome without = ChildJvm.on(jdk).run(ChildrenProgram.class);

        Outcome with = ChildJvm.on(jdk).agent(jar, "children=eager").run(ChildrenProgram.class);

        assertThat(lastLine(with)).startsWith("failed in java.lang.").isEqualTo(lastLine(without));
    }

    @OnBothJdks
    void whatTheSinkThrowsIsCountedAndTheApplicationGoesOn(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(jar, "children=eager,throw").run(ChildrenProgram.class);

        assertThat(outcome.out())
                .filteredOn("failure thrown by the sink"::equals)
                .hasSize(4);
        assertThat(pids(outcome, "(exec|start|pipeline) ")).hasSize(4);
        assertThat(outcome.err()).isEmpty();
    }

    @OnBothJdks
    void afterClosingNothingIsObserved(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(jar, "children=eager,close").run(ChildrenProgram.class);

        assertThat(pids(outcome, "observed child ")).isEmpty();
        assertThat(pids(outcome, "(exec|start|pipeline) ")).hasSize(4);
        assertThat(outcome.err()).isEmpty();
    }

    @OnBothJdks
    void aSecondStartUsesTheHookOfTheFirst(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(jar, "children=eager,again").run(ChildrenProgram.class);

        assertThat(pids(outcome, "observed child ")).hasSize(4);
        assertThat(outcome.err()).isEmpty();
    }

    @OnBothJdks
    void aClassThatCannotBeInstrumentedLeavesOutNoOther(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(jar, "children=eager,spoilt").run(ChildrenProgram.class);

        assertThat(outcome.out())
                .as(outcome.toString())
                .anyMatch(line -> line.startsWith(
                        "sun.nio.ch.ServerSocketChannelImpl cannot be redefined: java.lang.ClassFormatError"));
        assertThat(pids(outcome, "observed child ")).hasSize(4);
        assertThat(outcome.err()).isEmpty();
    }

    private static List<String> pids(Outcome outcome, String way) {
        return outcome.out().stream()
                .filter(line -> line.matches(way + "[0-9]+"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .toList();
    }

    private static String lastLine(Outcome outcome) {
        return outcome.out().get(outcome.out().size() - 1);
    }
}
