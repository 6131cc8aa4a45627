// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class ObservationTest {
    private static final int ATTEMPTS = 1000;

    /** The pipes of one that the application has forgotten are closed when it is collected. */
    @Test
    void aChildThatWaitsToBeLookedAtCanBeCollected() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        Observation observation = Observation.ofChild(child);
        WeakReference<Process> seen = new WeakReference<>(child);
        child = new ProcessBuilder("true").start();

        for (int i = 0; i < ATTEMPTS && !seen.refersTo(null); i++) {
            System.gc();
            Thread.sleep(10); // the JDK's own thread waits for it, too
        }

        assertThat(seen.refersTo(null)).isTrue();
        assertThat(observation.pid()).isPositive().isNotEqualTo(child.pid());
    }
}
