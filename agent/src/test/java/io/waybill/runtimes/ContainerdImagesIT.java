// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images that are in containerd's database only, which it keeps locked and writes to. */
class ContainerdImagesIT {
    /** So many that the names of the containers do not fit on one page. */
    private static final String FILL = "for i in $(seq 150); do ctr containers create %s filled-$i; done";

    private static final String WRITE =
            "echo up; while :; do ctr containers create %s passing; ctr containers delete passing; done";

    private static Lab lab;
    private static Told first;
    private static Told last;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(Layout.V1);
        Containerd containerd = new Containerd(lab);
        containerd.prepare();
        first = containerd.start("a");
        lab.run("sh", "-c", FILL.formatted(Lab.IMAGE));
        last = containerd.start("z");
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void theyAreNamedWhileContainerdWrites() throws Exception {
        lab.serve("up", "sh", "-c", WRITE.formatted(Lab.IMAGE));

        for (int i = 0; i < 3; i++) {
            assertThat(Told.of(lab.resolved(first.initPid()))).isEqualTo(first);
            assertThat(Told.of(lab.resolved(last.initPid()))).isEqualTo(last);
        }
    }
}
