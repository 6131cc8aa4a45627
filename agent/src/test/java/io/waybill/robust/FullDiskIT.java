// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FullDiskProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Where its recording is, the disk is full: the flight recorder itself ends the JVM, with an agent as without. */
class FullDiskIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void theAgentMakesNoDifferenceToAFullDisk(Jdk jdk) throws Exception {
        Needs.root();
        Outcome without = jvm(jdk).run(FullDiskProgram.class);
        Outcome with = jvm(jdk).agent("period=100ms").run(FullDiskProgram.class);

        for (Outcome outcome : new Outcome[] {without, with}) {
            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.out()).anyMatch(line -> line.contains("no space left on device"));
            assertThat(outcome.err()).noneMatch(line -> line.startsWith("waybill: "));
        }
        assertThat(with.exitCode()).isEqualTo(without.exitCode());
    }

    private ChildJvm jvm(Jdk jdk) {
        String small = "mount -t tmpfs -o size=6m tmpfs \"$1\" && shift && exec \"$@\"";
        return ChildJvm.on(jdk)
                .startedBy("unshare", "--mount", "--propagation", "private", "sh", "-c", small, "sh", folder.toString())
                .options("-XX:FlightRecorderOptions=repository=" + folder.resolve("repository"))
                .options("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("error"));
    }
}
