// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import io.waybill.identity.CgroupRule.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupRuleTest {
    private static final CgroupRule PAYLOAD =
            CgroupRule.of("test", Kind.CONTAINER, ContainerRuntime.NSPAWN, "machine-{name}.scope/payload");

    @Test
    void aSegmentAboveMayNameTheContainer() {
        Optional<CgroupRule.Match> match =
                PAYLOAD.match(List.of("machine.slice", "machine-web\\x2d1.a.scope", "payload"), 2);

        assertThat(match).map(CgroupRule.Match::name).contains("web-1.a");
    }

    @Test
    void everySegmentMustMatch() {
        assertThat(PAYLOAD.match(List.of("machine.slice", "web.service", "payload"), 2))
                .isEmpty();
        assertThat(PAYLOAD.match(List.of("machine-web.scope", "supervisor"), 1)).isEmpty();
        assertThat(PAYLOAD.match(List.of("payload"), 0)).isEmpty();
    }
}
