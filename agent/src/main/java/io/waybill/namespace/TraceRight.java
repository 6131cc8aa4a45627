// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.procfs.Capabilities;
import io.waybill.procfs.ProcFs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to trace a process, without which the kernel does not show its namespaces (ptrace_may_access).
 *
 * <p>What this JVM has of it is read once a second at most: where it has none, a look at a machine of thousands of processes
 * is refused thousands of times. Two threads that find it out of date read it both, and neither waits.
 */
final class TraceRight {
    /** The user namespace of the machine, around all others: PROC_USER_INIT_INO of include/linux/proc_ns.h. */
    private static final String MACHINE = "user:[4026531837]";

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ProcFs procFs;
    private final LongSupplier nanoTime;
    private volatile @Nullable Told last;

    TraceRight(ProcFs procFs, LongSupplier nanoTime) {
        this.procFs = procFs;
        this.nanoTime = nanoTime;
    }

    /** Why this JVM was refused, told from the rights it has, or had a second ago. */
    String missing() {
        long now = nanoTime.getAsLong();
        Told told = last;
        if (told == null || now - told.asOf() >= KEPT_NANOS) {
            told = new Told(read(), now);
            last = told;
        }
        return told.reason();
    }

    private String read() {
        if (!Capabilities.ofThisProcess(procFs).mayTrace()) {
            return "seeing the namespace of a process of another user, or of one with more rights, needs the right to"
                    + " trace it (CAP_SYS_PTRACE), which root has";
        }
        List<String> userNamespace = procFs.readSelfLink("ns/user").linesOrNone();
        return userNamespace.isEmpty() || userNamespace.get(0).equals(MACHINE)
                ? "this JVM may trace any process, but a security module of the kernel (such as SELinux, AppArmor, Landlock or"
                        + " BPF) forbids it here"
                : "the right to trace it (CAP_SYS_PTRACE) is held in this JVM's own user namespace only, and the process is"
                        + " outside of that";
    }

    /** What was told, and when it was read. */
    private record Told(String reason, long asOf) {}
}
