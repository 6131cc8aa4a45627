// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.namespace.HeldProcess;
import io.waybill.namespace.NamespaceAnswer;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application has used up its descriptors when the agent comes, and gives some back later. */
class ShortAtStartTest {
    private final AtomicBoolean none = new AtomicBoolean(true);
    private final long own = ProcessHandle.current().pid();
    private Linux linux;
    private ProcFs procFs;

    @BeforeEach
    void load() throws Exception {
        linux = HookedLinux.withoutDescriptor(none::get);
        procFs = ProcFs.mounted().readBy(new KernelFiles(linux));
    }

    @Test
    void theOwnNamespaceIsKnownAllTheSame() {
        try (NamespaceResolver resolver = NamespaceResolver.over(linux, procFs, 16, StepLog.NONE)) {
            none.set(false);

            try (HeldProcess held = ((NamespaceResolver.Hold.Held) resolver.hold(own)).process()) {
                assertThat(resolver.resolve(held))
                        .isInstanceOfSatisfying(
                                NamespaceAnswer.In.class,
                                in -> assertThat(in.namespace().isOwn()).isTrue());
            }
        }
    }

    @Test
    void whenProcessesStartedIsKnownLater() {
        ProcessReader reader = new ProcessReader(procFs);
        none.set(false);

        assertThat(reader.read(own))
                .hasValueSatisfying(process -> assertThat(process.start()).isNotNull());
    }
}
