// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.linux.Linux;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel refused it may permit later, as of a process that executed a program of fewer rights. */
class RefusedAgainTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final ObservedProcess PROCESS = new ObservedProcess(PID, PID, 1, "java", null);
    private static final NoContainer HOST = new NoContainer(NoContainer.Reason.HOST, "", "/");

    private long nanoTime;
    private final ResolutionCache cache = new ResolutionCache(4, new KnownNames(pid -> 1, () -> nanoTime));
    private NamespaceResolver namespaces;

    @BeforeEach
    void open() throws Exception {
        namespaces = NamespaceResolver.over(Linux.load(), ProcFs.mounted(), 4, StepLog.NONE);
    }

    @AfterEach
    void close() {
        cache.close();
        namespaces.close();
    }

    @Test
    void aRefusalIsAskedAboutAgainAfterAWhile() {
        keep(new Resolution.Refused(PROCESS, "permission denied", HOST));
        nanoTime = TimeUnit.SECONDS.toNanos(50);
        assertThat(cache.get(PID)).isNotNull();
        nanoTime = TimeUnit.SECONDS.toNanos(70);

        assertThat(cache.get(PID)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void anyOtherAnswerHoldsForAsLongAsTheProcessLives() {
        keep(new Resolution.Resolved(PROCESS, namespaces.own(), new Init.Known(1, InitWay.PROC_SCAN), HOST));
        nanoTime = TimeUnit.DAYS.toNanos(70);

        assertThat(cache.get(PID)).isNotNull();
    }

    private void keep(Resolution resolution) {
        NamespaceResolver.Hold.Held held = (NamespaceResolver.Hold.Held) namespaces.hold(PID);

        assertThat(cache.put(held.process(), resolution)).isTrue();
    }
}
