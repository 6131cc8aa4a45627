// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The processes of a container are a set, in order. */
class PidsTest {
    private final Pids pids = new Pids();

    @Test
    void noneIsThereTwiceAndOneThatIsNotThereCanBeTakenOut() {
        pids.add(7);
        pids.add(3);
        pids.add(7);
        pids.remove(4);

        assertThat(pids.toList()).containsExactly(3L, 7L);
        assertThat(pids.size()).isEqualTo(2);
    }

    @Test
    void whatIsClearedIsEmptyAndCanBeFilledAgain() {
        pids.add(7);
        pids.clear();

        assertThat(pids.isEmpty()).isTrue();
        pids.add(5);
        assertThat(pids.toList()).containsExactly(5L);
    }

    @Test
    void afterAnyStepsItHasWhatASortedSetHas() {
        Random random = new Random(1);
        TreeSet<Long> expected = new TreeSet<>();
        for (int i = 0; i < 10_000; i++) {
            long pid = random.nextInt(200);
            if (random.nextBoolean()) {
                pids.add(pid);
                expected.add(pid);
            } else {
                pids.remove(pid);
                expected.remove(pid);
            }

            assertThat(pids.toList()).containsExactlyElementsOf(expected);
        }
    }
}
