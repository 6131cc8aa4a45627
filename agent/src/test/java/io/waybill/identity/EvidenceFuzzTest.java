// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.procfs.MountInfoLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whatever a container mounts, is started by or has in its environment: the answer is bounded. */
class EvidenceFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyMountsHaveABoundedAnswer(byte[] file) {
        MountEvidence mounts =
                MountEvidence.of(MountInfoLine.parseAll(List.of(text(file).split("\n", -1))));

        check(ProcIdentities.byMounts(mounts, CgroupPath.parse("/")));
    }

    @FuzzTest(maxDuration = "10s")
    void anyCommandLineHasABoundedAnswer(byte[] file) {
        Holders.check(List.of(text(file).split("\0", -1)));
    }

    @FuzzTest(maxDuration = "10s")
    void anyEnvironmentHasABoundedAnswer(byte[] file) {
        String text = text(file);
        Map<String, String> variables = Map.of(
                "ECS_CONTAINER_METADATA_URI_V4", text, "POD_UID", text, "POD_NAME", text, "CONTAINER_NAME", text);

        check(new EnvironmentEvidence(variables, text).find(MountEvidence.of(List.of()), CgroupPath.parse("/")));
    }

    /** A class of its own, so that the record of a holder is not loaded before the fuzzer comes; see StateFuzzTest. */
    private static final class Holders {
        static void check(List<String> arguments) {
            Ancestry.parse(99, arguments).ifPresent(found -> {
                assertThat(found.evidence()).hasSizeLessThanOrEqualTo(512);
                assertThat(String.valueOf(found.id())).hasSizeLessThanOrEqualTo(256);
            });
        }
    }

    private static void check(Optional<Identity> identity) {
        if (identity.isPresent() && identity.get() instanceof ContainerIdentity container) {
            assertThat(container.id()).hasSizeLessThanOrEqualTo(256);
            assertThat(container.provenance().evidence()).hasSizeLessThanOrEqualTo(512);
        }
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
