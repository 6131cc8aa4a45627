// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.others.program.ScopedProgram;
import io.waybill.report.RecordingReader;
import io.waybill.report.Report;
import io.waybill.report.StackNode;
import io.waybill.report.Weight;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** async-profiler adds samples of its own to a recording of the JVM, which has the scopes. */
class ProfilerSamplesIT {
    /** Of a second, sampled each millisecond; on a busy machine there are fewer. */
    private static final long FEWEST = 100;

    @TempDir
    private Path folder;

    @OnBothJdks
    void theReportHasThemInTheScopesInWhichTheyWereTaken(Jdk jdk) throws Exception {
        Path file = folder.resolve("sync.jfr");

        Outcome outcome = ChildJvm.on(jdk)
                .options("-agentpath:" + OtherAgent.asyncProfiler(folder)
                        + "=start,event=itimer,interval=1ms,jfrsync=profile,file=" + file)
                .agent("")
                .run(ScopedProgram.class);
        Report report = RecordingReader.read(List.of(file), (done, all) -> {});

        assertThat(outcome.exitCode()).isZero();
        assertThat(report.problems()).isEmpty();
        assertThat(report.jvms()).hasSize(1);
        assertThat(report.shares())
                .filteredOn(share -> share.containerId().equals("web"))
                .singleElement()
                .satisfies(web -> {
                    assertThat(web.nanos()).isPositive();
                    assertThat(web.total(Weight.EXECUTION)).isGreaterThan(FEWEST);
                    assertThat(web.stack(Weight.EXECUTION).hottest(1))
                            .extracting(StackNode.HotFrame::frame)
                            .containsExactly(ScopedProgram.class.getName() + ".reckon");
                });
    }
}
