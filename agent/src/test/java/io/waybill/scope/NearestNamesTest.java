// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    @Test
    void theLikestComesFirst() {
        List<String> names = List.of("com.acme.UptimeFS", "com.acme.fs.UptimeFs", "com.acme.UptimeFsTest", "Runtime");

        assertThat(NearestNames.of("UptimeFs", names)).startsWith("com.acme.UptimeFS", "com.acme.fs.UptimeFs");
    }

    @Test
    void whatIsNotAlikeIsLeftOut() {
        assertThat(NearestNames.of("handle", List.of("toString", "hashCode", "run")))
                .isEmpty();
    }
}
