// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventStacksTest {
    @Test
    void aFunctionOfTheKernelIsCalledByItsNameAlone() {
        assertThat(EventStacks.name("", "vfs_read")).isEqualTo("vfs_read");
        assertThat(EventStacks.name("java.lang.Thread", "run")).isEqualTo("java.lang.Thread.run");
    }
}
