// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.procfs.CgroupLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whatever a container calls its cgroups: the answer is bounded, and quotes only what was there. */
class CgroupFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyCgroupFileHasABoundedAnswer(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);

        List<CgroupLine> lines = CgroupLine.parseAll(List.of(text.split("\n", -1)));
        Optional<Identity> identity = ProcIdentities.byCgroup(CgroupLines.of(lines, CgroupPath::parse));

        if (identity.isPresent() && identity.get() instanceof ContainerIdentity container) {
            assertThat(container.id()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
            assertThat(container.cgroupPath()).hasSizeLessThanOrEqualTo(512);
            assertThat(container.remarks()).allMatch(remark -> remark.length() <= 512);
            assertThat(UnitName.unescape(text)).contains(container.id().replace("…", ""));
        }
    }
}
