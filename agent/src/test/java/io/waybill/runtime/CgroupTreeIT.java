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
    @OnBothJdks
    void aContainerIsFoundByItsNewCgroup(Jdk jdk) throws Exception {
        Needs.root();
        Path hierarchy = Cgroups.writableHierarchy();
        String group = "waybill-test-" + ProcessHandle.current().pid() + "-" + jdk.feature();

        Outcome outcome = ChildJvm.on(jdk)
                .startedBy("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
                .agent("period=60m,children=off")
                .run(CgroupProgram.class, hierarchy.toString(), group);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsExactly("recording", "started");
    }
}
