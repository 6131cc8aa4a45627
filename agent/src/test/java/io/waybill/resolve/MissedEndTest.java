// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.linux.LinuxException;
import io.waybill.linux.ProcessEnds;
import io.waybill.namespace.HeldProcess;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel tells of an end once, and taking it in fails, as where the heap is full. */
class MissedEndTest {
    private final AtomicReference<@Nullable Thread> failing = new AtomicReference<>();
    private final ResolutionCache cache = new ResolutionCache(16, new KnownNames(pid -> 1, System::nanoTime));
    private NamespaceResolver namespaces;
    private ProcessEnds ends;
    private Process process;

    @BeforeEach
    void open() throws Exception {
        Linux linux = HookedLinux.of(this::failHere);
        namespaces = NamespaceResolver.over(linux, ProcFs.mounted(), 16, StepLog.NONE);
        ends = linux.watchEnds();
        process = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void close() {
        process.destroyForcibly();
        ends.close();
        cache.close();
        namespaces.close();
    }

    @Test
    void theKernelIsAskedFromThenOn() throws Exception {
        Thread reader = new Thread(this::read);
        reader.start();
        cache.watch(ends);
        keep(process.pid());
        assertThat(cache.get(process.pid())).isNotNull();

        process.destroyForcibly();
        reader.join(10_000);

        assertThat(reader.isAlive()).isFalse();
        assertThat(cache.get(process.pid())).isNull();
        assertThat(cache.size()).isZero();
    }

    private void read() {
        try {
            ends.read(pid -> {
                failing.set(Thread.currentThread());
                cache.ended(pid);
            });
        } catch (LinuxException e) {
            throw new IllegalStateException(e);
        } catch (OutOfMemoryError e) {
            return; // that of the test, after which the agent's thread ends as well
        }
    }

    private void failHere() {
        if (failing.get() == Thread.currentThread()) {
            failing.set(null);
            throw new OutOfMemoryError("of the test");
        }
    }

    private void keep(long pid) {
        HeldProcess held = ((NamespaceResolver.Hold.Held) namespaces.hold(pid)).process();
        Resolution resolution = new Resolution.Resolved(
                new ObservedProcess(pid, pid, 1, "sleep", null),
                namespaces.own(),
                new Init.Known(1, InitWay.PROC_SCAN),
                new NoContainer(NoContainer.Reason.HOST, "", "/"));

        assertThat(cache.put(held, resolution)).isTrue();
    }
}
