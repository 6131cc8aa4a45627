// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever stands in a file of /proc, where processes choose names and mounters choose paths: it is read, or refused. */
class ProcFilesFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyMountinfoIsRead(byte[] file) {
        List<String> lines = lines(file);

        assertThat(MountInfoLine.parseAll(lines)).hasSizeLessThanOrEqualTo(lines.size());
    }

    @FuzzTest(maxDuration = "10s")
    void anyStatusIsReadOrRefused(byte[] file) {
        try {
            ProcStatus status = ProcStatus.parse(lines(file));

            assertThat(status.tgid()).isNotZero();
            assertThat(status.nsPids()).hasSizeLessThanOrEqualTo(40);
        } catch (ProcFormatException e) {
            assertThat(e.getMessage()).hasSizeLessThan(300);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void anyStatIsReadOrRefused(byte[] file) {
        try {
            ProcStat.parse(lines(file).get(0));
        } catch (ProcFormatException e) {
            assertThat(e.getMessage()).hasSizeLessThan(300);
        }
    }

    private static List<String> lines(byte[] file) {
        return List.of(new String(file, StandardCharsets.UTF_8).split("\n", -1));
    }
}
