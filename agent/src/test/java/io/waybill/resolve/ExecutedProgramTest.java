// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Resolution;
import io.waybill.linux.Linux;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.io.BufferedReader;
import org.junit.jupiter.api.Test;

class ExecutedProgramTest {
    /** As scripts of images do, which wait for a database and then become the server. */
    @Test
    void aProcessThatExecutedAProgramIsToldByItsNewName() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "echo waits; read go; exec cat").start();
        ProcFs procFs = ProcFs.mounted();
        try (NamespaceResolver namespaces = NamespaceResolver.over(Linux.load(), procFs, 16, StepLog.NONE);
                ContainerResolver resolver = SettledResolver.over(namespaces, procFs, 16)) {
            BufferedReader said = process.inputReader();
            assertThat(said.readLine()).isEqualTo("waits");
            assertThat(commandOf(resolver.resolve(process.pid()))).isEqualTo("sh");
            process.outputWriter().append("go\ncats\n").flush();
            assertThat(said.readLine()).isEqualTo("cats");

            resolver.executed(process.pid());

            assertThat(commandOf(resolver.resolve(process.pid()))).isEqualTo("cat");
            assertThat(resolver.answer(process.pid()).cached()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String commandOf(Resolution resolution) {
        return ((Resolution.Resolved) resolution).process().command();
    }
}
