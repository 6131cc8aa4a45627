// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.io.IOException;

/**
 * A domain of the security module Landlock (Linux 5.13): a process inside may not trace one outside, not even with
 * CAP_SYS_PTRACE (hook_ptrace_access_check of security/landlock). The system calls have these numbers on every machine.
 */
public final class LandlockDomain {
    private static final String ENTER = String.join(
            "\n",
            "# struct landlock_ruleset_attr with LANDLOCK_ACCESS_FS_MAKE_BLOCK, which nothing here wants to do",
            "my $handled = pack('Q', 1 << 11);",
            "my $rules = syscall(444, $handled, 8, 0);",
            "die \"landlock_create_ruleset: $!\" if $rules < 0;",
            "syscall(446, $rules, 0) == 0 or die \"landlock_restrict_self: $!\";",
            "exec @ARGV;");

    private LandlockDomain() {}

    /** A JVM inside one; where the kernel has no Landlock, the test fails in CI and is skipped elsewhere. */
    public static ChildJvm of(ChildJvm jvm) throws IOException, InterruptedException {
        Needs.root();
        Needs.program("perl");
        Process probe = new ProcessBuilder("perl", "-e", ENTER, "true").start();
        Needs.that(probe.waitFor() == 0, "Landlock is needed");
        return jvm.startedBy("perl", "-e", ENTER);
    }
}
