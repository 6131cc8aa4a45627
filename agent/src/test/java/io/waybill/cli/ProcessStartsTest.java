// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.procfs.ProcFs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessStartsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void theKernelsAccountIsAmongOthers() {
        assertThat(ProcessStarts.parse(
                        List.of("cpu  1 2 3", "btime 1764000000", "processes 1503377", "procs_running 2")))
                .isEqualTo(1_503_377);
        assertThat(ProcessStarts.parse(List.of())).isZero();
        assertThat(ProcessStarts.untilNow(ProcFs.mounted()).made()).isPositive();
    }

    @Test
    void aQuietMachineNeedsNoAdvice() {
        Finding finding = new ProcessStarts(1000, 0).until(new ProcessStarts(1074, 2 * SECOND));

        assertThat(finding.value()).isEqualTo("about 37 a second");
        assertThat(finding.advice()).isEmpty();
    }

    @Test
    void moreThanTheAgentLooksAtIsToldWithWhatToDo() {
        Finding finding = new ProcessStarts(1000, 0).until(new ProcessStarts(4000, SECOND));

        assertThat(finding.value()).isEqualTo("about 3000 a second");
        assertThat(finding.advice()).contains("PutOff", "a shorter period");
    }
}
