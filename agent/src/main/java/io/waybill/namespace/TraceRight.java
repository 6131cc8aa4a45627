// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.procfs.Capabilities;
import io.waybill.procfs.ProcFs;
import java.util.List;

/** The right to trace a process, without which the kernel does not show its namespaces (ptrace_may_access). */
final class TraceRight {
    /** The user namespace of the machine, around all others: PROC_USER_INIT_INO of include/linux/proc_ns.h. */
    private static final String MACHINE = "user:[4026531837]";

    private TraceRight() {}

    /** Why this JVM was refused, told from the rights it has. */
    static String missing(ProcFs procFs) {
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
}
