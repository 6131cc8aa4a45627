// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.ByteBuddyProgram;
import io.waybill.agent.program.HelloProgram;
import io.waybill.agent.program.JnaProgram;
import io.waybill.agent.program.LogManagerProgram;
import io.waybill.agent.program.MBeanServerProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;

class IsolationIT {
    private static final Path OTHER_VERSIONS = Path.of(System.getProperty("waybill.test.other-versions", ""));

    private static Path nativeCalls = Path.of("");

    @BeforeAll
    static void buildJar() throws IOException {
        nativeCalls = AgentJar.withRuntime("NativeCalls");
    }

    @OnBothJdks
    void jnaOfTheAgentCallsWithoutAWarningOrALogger(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(nativeCalls, "children=eager").run(HelloProgram.class);

        assertThat(outcome.out())
                .containsExactly(
                        "agent: getpid by JNA 5.19.1 is right: true",
                        "agent: JNA in module io.waybill.agent.isolated of waybill",
                        "agent: java.util.logging is loaded: false",
                        "hello ");
        assertThat(outcome.err()).isEmpty();
    }

    @OnBothJdks
    void jnaOfTheCommandLineCallsWithoutAWarning(Jdk jdk) throws Exception {
        Path jar = AgentJar.withCommandLine("NativeCommand");

        Outcome outcome = ChildJvm.on(jdk).runCommand("-jar", jar.toString(), "one", "two");

        assertThat(outcome.out()).containsExactly("[one, two]", "getpid by JNA is right: true");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(3);
    }

    @OnBothJdks
    void anApplicationKeepsItsOwnJna(Jdk jdk) throws Exception {
        Path jna = OTHER_VERSIONS.resolve("jna.jar");
        Outcome without = ChildJvm.on(jdk).classPath(jna).run(JnaProgram.class);

        Outcome with = ChildJvm.on(jdk)
                .agent(nativeCalls, "children=eager")
                .classPath(jna)
                .run(JnaProgram.class);

        assertThat(with.out())
                .contains("agent: getpid by JNA 5.19.1 is right: true")
                .contains("application: getpid by JNA 5.13.0 is right: true");
        assertThat(with.err()).isEqualTo(without.err());
    }

    @OnBothJdks
    void anApplicationKeepsItsOwnByteBuddy(Jdk jdk) throws Exception {
        Path byteBuddy = OTHER_VERSIONS.resolve("byte-buddy.jar");
        Path children = AgentJar.withRuntime("Children");
        Outcome without = ChildJvm.on(jdk).classPath(byteBuddy).run(ByteBuddyProgram.class);

        Outcome with = ChildJvm.on(jdk)
                .agent(children, "children=eager")
                .classPath(byteBuddy)
                .run(ByteBuddyProgram.class);

        assertThat(with.out())
                .containsExactly("made by Byte Buddy of byte-buddy.jar")
                .isEqualTo(without.out());
        assertThat(with.err()).isEqualTo(without.err());
    }

    @OnBothJdks
    void aLogManagerNamedInMainIsTheOne(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent("children=eager").run(LogManagerProgram.class);

        assertThat(outcome.out()).containsExactly("OwnLogManager");
        assertThat(outcome.err()).isEmpty();
    }

    @OnBothJdks
    void aLogManagerNamedInMainIsTheOneAlsoAfterJna(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent(nativeCalls, "children=eager").run(LogManagerProgram.class);

        assertThat(outcome.out()).contains("OwnLogManager");
        assertThat(outcome.err()).isEmpty();
    }

    @OnBothJdks
    void anMBeanServerBuilderNamedInMainIsTheOne(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk).agent("children=eager").run(MBeanServerProgram.class);

        assertThat(outcome.out()).containsExactly("built by the application");
        assertThat(outcome.err()).isEmpty();
    }
}
