// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.HelloProgram;
import io.waybill.observe.program.ChildrenProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RuntimeImageIT {
    @TempDir
    private Path folder = Path.of("");

    @OnBothJdks
    void withoutFlightRecorderAndManagementTheApplicationRunsAndTheAgentStarts(Jdk jdk) throws Exception {
        Path image = link(jdk, "java.base,java.instrument");

        Outcome hello = ChildJvm.onImage(image).agent("children=eager").run(HelloProgram.class);
        Outcome children = ChildJvm.onImage(image)
                .agent(AgentJar.withRuntime("Children"), "children=eager")
                .run(ChildrenProgram.class);

        assertThat(hello.out()).containsExactly("hello ");
        assertThat(hello.err()).hasSizeLessThanOrEqualTo(1);
        assertThat(children.out())
                .filteredOn(line -> line.startsWith("observed"))
                .hasSize(4);
        assertThat(children.err()).isEmpty();
    }

    @OnBothJdks
    void withoutFlightRecorderTheApplicationRuns(Jdk jdk) throws Exception {
        Path image = link(jdk, "java.base,java.instrument,java.management");

        Outcome hello = ChildJvm.onImage(image).agent("children=eager").run(HelloProgram.class);

        assertThat(hello.out()).containsExactly("hello ");
        assertThat(hello.err()).hasSizeLessThanOrEqualTo(1);
    }

    @OnBothJdks
    void withoutManagementTheApplicationRuns(Jdk jdk) throws Exception {
        Path image = link(jdk, "java.base,java.instrument,jdk.jfr");

        Outcome hello = ChildJvm.onImage(image).agent("children=eager").run(HelloProgram.class);

        assertThat(hello.out()).containsExactly("hello ");
        assertThat(hello.err()).hasSizeLessThanOrEqualTo(1);
    }

    private Path link(Jdk jdk, String modules) throws Exception {
        Path image = folder.resolve("image");
        Outcome linked = ChildJvm.tool(jdk, "jlink").runCommand("--add-modules", modules, "--output", image.toString());
        assertThat(linked.exitCode()).as("%s", linked).isZero();
        return image;
    }
}
