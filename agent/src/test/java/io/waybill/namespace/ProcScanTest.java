// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.api.Init;
import io.waybill.api.NamespaceId;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no kernel names an init, and /proc cannot be listed for now: here since it is a link to itself. */
class ProcScanTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aProcThatCannotBeListedDoesNotSayThatThereIsNoInit() throws Exception {
        Path root = folder.resolve("proc");
        Files.createSymbolicLink(root, root);
        InitLookups lookups = lookups(new ProcFs(root));

        assertThatThrownBy(() -> lookups.find(new OpenNamespace(new NamespaceId(4, 2), null)))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnreadableException.Kind.EXHAUSTED));
    }

    @Test
    void aProcThatMustNotBeReadSaysWhyNoneIsKnown() throws Exception {
        InitLookups lookups = lookups(new ProcFs(folder, "it is another's", new ProcFs(folder).files()));

        assertThat(lookups.find(new OpenNamespace(new NamespaceId(4, 2), null)).answer())
                .isInstanceOfSatisfying(
                        Init.None.class, none -> assertThat(none.reason()).contains("it is another's"));
    }

    @Test
    void anEmptyProcHasNone() throws IOException, UnreadableException {
        assertThat(lookups(new ProcFs(folder))
                        .find(new OpenNamespace(new NamespaceId(4, 2), null))
                        .answer())
                .isInstanceOf(Init.None.class);
    }

    private static InitLookups lookups(ProcFs procFs) {
        return InitLookups.probe(null, procFs, new InitVerifier(new Processes(null, procFs)), StepLog.NONE);
    }
}
