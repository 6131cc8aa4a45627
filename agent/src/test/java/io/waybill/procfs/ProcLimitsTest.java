// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcLimitsTest {
    @Test
    void theSoftLimitOfOpenFilesCounts() {
        assertThat(ProcLimits.parse(List.of(
                                "Limit                     Soft Limit           Hard Limit           Units     ",
                                "Max processes             63711                63711                processes ",
                                "Max open files            1024                 524288               files     "))
                        .openFiles())
                .isEqualTo(1024);
    }

    @Test
    void unlimitedIsAsManyAsCanBeCounted() {
        assertThat(ProcLimits.parse(
                                List.of("Max open files            unlimited            unlimited            files"))
                        .openFiles())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whereTheFileCannotBeReadTheyAreTheUsualOnes() {
        assertThat(ProcLimits.of(new ProcText.Gone()).openFiles()).isEqualTo(1024);
    }

    @Test
    void aFileWithoutTheLineIsRefused() {
        assertThatThrownBy(() -> ProcLimits.parse(List.of("Limit   Soft Limit")))
                .isInstanceOf(ProcFormatException.class)
                .hasMessageContaining("Limit   Soft Limit");
    }
}
