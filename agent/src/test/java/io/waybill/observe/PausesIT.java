// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** How often all threads stop because classes are redefined, by the JVM's own log. */
class PausesIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void allThreadsStopOnceWhenTheAgentIsAttachedAndNotWhenItStopsOrComesAgain(Jdk jdk) throws Exception {
        Path log = folder.resolve("safepoints");
        Path attached = folder.resolve("attached");
        Path detached = folder.resolve("detached");
        Path again = folder.resolve("again");
        ChildJvm host = ChildJvm.on(jdk)
                .options("-XX:+EnableDynamicAgentLoading", "-Xlog:safepoint:file=" + log)
                .classPath(AgentJar.built());
        try (RunningJvm jvm = host.start(
                FaultProgram.class,
                "await=" + attached,
                "agent=on",
                "looks=2",
                "await=" + detached,
                "agent=off",
                "child",
                "await=" + again,
                "agent=on",
                "looks=2",
                "await=" + folder.resolve("over"))) {
            jvm.awaitLine("awaiting " + attached);
            tell(jdk, "attach", jvm, "period=100ms");
            Files.createFile(attached);
            jvm.awaitLine("awaiting " + detached);

            assertThat(redefinitions(log)).isEqualTo(1);

            tell(jdk, "detach", jvm);
            Files.createFile(detached);
            jvm.awaitLine("awaiting " + again);
            tell(jdk, "attach", jvm, "period=100ms");
            Files.createFile(again);
            jvm.awaitLine("awaiting " + folder.resolve("over"));
            tell(jdk, "detach", jvm);
            Files.createFile(folder.resolve("over"));
            Outcome outcome = jvm.join();

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(redefinitions(log)).isEqualTo(1);
        }
    }

    private static void tell(Jdk jdk, String command, RunningJvm jvm, String... options) throws Exception {
        Outcome told = ChildJvm.on(jdk)
                .runCommand(Stream.concat(
                                Stream.of("-jar", AgentJar.built().toString(), command, Long.toString(jvm.pid())),
                                Stream.of(options))
                        .toArray(String[]::new));
        assertThat(told.exitCode()).as(told.toString()).isZero();
    }

    /** {@code [0.130s] Safepoint "RedefineClasses", Time since last: 1 ns, …}. */
    private static long redefinitions(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Safepoint \"RedefineClasses\""))
                    .count();
        }
    }
}
