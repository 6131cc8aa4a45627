// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private final PrintStream err = System.err;

    @AfterEach
    void restore() {
        System.setErr(err);
    }

    @Test
    void aStreamOfTheApplicationsThatTakesNothingDoesNotFailACallOfTheApi() {
        System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void println(String line) {
                throw new IllegalStateException("planted: nothing may be written here");
            }
        });
        HookFailures failures = new HookFailures(new Complaints());

        assertThatCode(() -> failures.accept(new IllegalStateException("planted")))
                .doesNotThrowAnyException();
    }
}
