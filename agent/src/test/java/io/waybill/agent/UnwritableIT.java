// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.HelloProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A home that is read-only and a temporary folder from which nothing may be executed: nowhere to unpack JNA to. */
class UnwritableIT {
    private static final String SCRIPT = """
            mount -t tmpfs -o noexec tmpfs "$1" && mkdir "$1/home" "$1/tmp" &&
            mount -t tmpfs -o ro tmpfs "$1/home" && shift && exec "$@"
            """;

    @TempDir
    private Path folder = Path.of("");

    @OnBothJdks
    void theApplicationRunsAndTheLoaderWorks(Jdk jdk) throws Exception {
        Outcome builtIn = child(jdk).agent("children=eager").run(HelloProgram.class);
        Outcome nativeCalls = child(jdk)
                .agent(AgentJar.withRuntime("NativeCalls"), "children=eager")
                .run(HelloProgram.class);

        assertThat(builtIn.out()).containsExactly("hello ");
        assertThat(builtIn.err()).hasSizeLessThanOrEqualTo(1);
        assertThat(nativeCalls.out()).contains("agent: java.lang.UnsatisfiedLinkError", "hello ");
    }

    private ChildJvm child(Jdk jdk) throws Exception {
        int possible = new ProcessBuilder("unshare", "-r", "-m", "mount", "-t", "tmpfs", "tmpfs", folder.toString())
                .start()
                .waitFor();
        Needs.that(possible == 0, "user namespaces are needed");
        return ChildJvm.on(jdk)
                .startedBy("unshare", "-r", "-m", "sh", "-c", SCRIPT, "sh", folder.toString())
                .environment("HOME", folder.resolve("home").toString())
                .environment("XDG_CACHE_HOME", folder.resolve("home").toString())
                .options("-Djava.io.tmpdir=" + folder.resolve("tmp"), "-Duser.home=" + folder.resolve("home"));
    }
}
