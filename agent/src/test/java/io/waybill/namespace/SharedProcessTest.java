// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.linux.HookedLinux;
import io.waybill.linux.PidFd;
import io.waybill.procfs.ProcFs;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SharedProcessTest {
    /** As for want of memory. */
    @Test
    void aQuestionThatFailsDoesNotKeepItOpen() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        PidFd pidFd = HookedLinux.of(() -> {
                    if (fails.getAndSet(false)) {
                        throw new OutOfMemoryError("of the test");
                    }
                })
                .openProcess(ProcessHandle.current().pid());
        SharedProcess shared = new SharedProcess(new PidFdProcess(NamespaceFiles.of(null, ProcFs.mounted()), pidFd));
        assertThat(pidFd.isAlive()).isTrue();

        fails.set(true);
        assertThatThrownBy(shared::isAlive).isInstanceOf(OutOfMemoryError.class);
        shared.letGo();

        assertThat(pidFd.isAlive()).isFalse();
    }
}
