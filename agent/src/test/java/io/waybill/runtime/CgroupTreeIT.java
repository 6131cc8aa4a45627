// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.runtime.program.CgroupProgram;
import io.waybill.testing.Cgroups;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;

/**
 * A container is seen by its new cgroup, though all of /proc is looked at once an hour. In a pid namespace of its own the
 * agent does not ask for process events, which speak the pids of the initial one.
 */
class CgroupTreeIT {
    /** Mounts a hierarchy once more, at what is no path in the locale C. */
    private static final String MOUNT_AND_RUN = "mount -t tmpfs tmpfs /mnt && folder=$(printf '/mnt/j\\303\\274rgen')"
            + " && mkdir \"$folder\" && mount -t cgroup2 cgroup2 \"$folder\" && exec \"$@\"";

    @OnBothJdks
    void aContainerIsFoundByItsNewCgroup(Jdk jdk) throws Exception {
        check(jdk, ChildJvm.on(jdk).startedBy("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
    }

    @OnBothJdks
    void whereAHierarchyIsMountedAtWhatIsNoPathInThisLocaleTheOthersAreWatched(Jdk jdk) throws Exception {
        check(
                jdk,
                ChildJvm.on(jdk)
                        .environment("LC_ALL", "C")
                        .startedBy("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
                        .startedBy("sh", "-c", MOUNT_AND_RUN, "sh"));
    }

    private static void check(Jdk jdk, ChildJvm host) throws Exception {
        Needs.root();
        Path hierarchy = Cgroups.writableHierarchy();
        String group = "waybill-test-" + ProcessHandle.current().pid() + "-" + jdk.feature();

        Outcome outcome = host.agent("period=60m,children=off").run(CgroupProgram.class, hierarchy.toString(), group);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsExactly("recording", "started");
    }
}
