// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final Refusals refusals = new Refusals();

    @Test
    void oneProcessIsNotCalledProcesses() {
        refusals.add(refused(1));

        assertThat(refusals).hasToString("1 process could not be looked at, pid 1: open of /proc/1/ns/pid: EACCES");
    }

    @Test
    void theFirstOfSeveralTellsTheReason() {
        refusals.add(refused(7));
        refusals.add(refused(8));

        assertThat(refusals)
                .hasToString(
                        "2 processes could not be looked at, the first of them pid 7: open of /proc/7/ns/pid: EACCES");
    }

    private static Resolution.Refused refused(long pid) {
        return new Resolution.Refused(
                new ObservedProcess(pid, pid, 0, "init", null),
                "open of /proc/" + pid + "/ns/pid: EACCES",
                new NoContainer(NoContainer.Reason.HOST, "root cgroup", ""));
    }
}
