// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
    private static final long PID = 7;

    @TempDir
    private Path root;

    @Test
    void aStatusIsReadAsFarAsItTellsWhoTheProcessIs() {
        ProcFs proc = new ProcFs(Path.of("/proc"));
        long own = ProcessHandle.current().pid();

        List<String> head = proc.readStatus(own).linesOrNone();

        assertThat(proc.read(own, "status").linesOrNone()).startsWith(head.toArray(new String[0]));
        assertThat(head).hasSizeLessThan(30);
        assertThat(head.get(head.size() - 1)).startsWith("NSpid:");
        assertThat(ProcStatus.parse(head).tgid()).isEqualTo(own);
    }

    @Test
    void oneWithoutTheLastLineOfUseIsReadWhole() throws Exception {
        write("Name:\tsh\nState:\tS (sleeping)\nNSpi");

        assertThat(new ProcFs(root).readStatus(PID).linesOrNone())
                .containsExactly("Name:\tsh", "State:\tS (sleeping)", "NSpi");
    }

    @Test
    void linesMayBeEmptyAndHaveBytesThatAreNoText() throws Exception {
        write("a\n\n\u00ff\u00fe\nb\n");

        assertThat(new ProcFs(root).read(PID, "status").linesOrNone()).containsExactly("a", "", "\ufffd\ufffd", "b");
    }

    private void write(String bytes) throws Exception {
        Path folder = Files.createDirectories(root.resolve(Long.toString(PID)));
        Files.write(folder.resolve("status"), bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
