// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.linux.HookedLinux;
import io.waybill.linux.Linux;
import io.waybill.procfs.ProcFs;
import io.waybill.procfs.WholeFiles;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks again and again about a process whose namespace this JVM may not see, by the kernel and by /proc alone. Arguments: its
 * pid, and how often. Prints {@code refused=N reads=N seconds=N calls=N} for each: how often this JVM's own rights were read,
 * how many seconds had begun by then, and how many system calls the agent made itself.
 */
public final class RefusedProgram {
    private RefusedProgram() {}

    public static void main(String[] arguments) throws Exception {
        long pid = Long.parseLong(arguments[0]);
        int times = Integer.parseInt(arguments[1]);
        AtomicInteger calls = new AtomicInteger();
        ask(HookedLinux.of(calls::incrementAndGet), calls, pid, times);
        ask(null, new AtomicInteger(), pid, times);
    }

    private static void ask(@Nullable Linux linux, AtomicInteger calls, long pid, int times) {
        AtomicInteger reads = new AtomicInteger();
        ProcFs procFs = ProcFs.mounted().readBy((path, limit) -> {
            if (path.endsWith("/self/status")) {
                reads.incrementAndGet();
            }
            return WholeFiles.BY_JDK.read(path, limit);
        });
        long start = System.nanoTime();
        int refused = 0;
        try (NamespaceResolver resolver = NamespaceResolver.over(linux, procFs, 8, StepLog.NONE)) {
            for (int i = 0; i < times; i++) {
                refused += answer(resolver, pid) instanceof NamespaceAnswer.Refused ? 1 : 0;
            }
        }
        long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.printf("refused=%d reads=%d seconds=%d calls=%d%n", refused, reads.get(), seconds, calls.get());
    }

    private static NamespaceAnswer answer(NamespaceResolver resolver, long pid) {
        NamespaceResolver.Hold hold = resolver.hold(pid);
        if (hold instanceof NamespaceResolver.Hold.Answered answered) {
            return answered.answer();
        }
        try (HeldProcess process = ((NamespaceResolver.Hold.Held) hold).process()) {
            return resolver.resolve(process);
        }
    }
}
