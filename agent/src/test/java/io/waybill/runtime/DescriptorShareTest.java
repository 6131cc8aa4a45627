// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.procfs.ProcText;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorShareTest {
    @ParameterizedTest
    @CsvSource({"20000, 1024", "1048576, 1024", "unlimited, 1024", "1024, 64", "100, 16"})
    void whereDescriptorsAreFewFewerAreHeld(String softLimit, int held) {
        ProcText limits = new ProcText.Lines(List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max open files            " + softLimit + "              " + softLimit + "             files     "));

        assertThat(DescriptorShare.of(settings(""), limits)).isEqualTo(held);
    }

    @Test
    void whatTheUserSetsIsNotLessened() {
        ProcText limits =
                new ProcText.Lines(List.of("Max open files            100                  100        files"));

        assertThat(DescriptorShare.of(settings("remember=500"), limits)).isEqualTo(500);
    }

    /** As where the application has taken all descriptors when the agent comes, and needs them. */
    @Test
    void whereTheFileCannotBeReadFewAreHeld() {
        assertThat(DescriptorShare.of(settings(""), new ProcText.Gone())).isEqualTo(64);
    }

    private static Settings settings(String options) {
        return Settings.read(options, new Properties(), complaint -> {
            throw new AssertionError(complaint);
        });
    }
}
