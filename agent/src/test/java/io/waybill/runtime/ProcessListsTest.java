// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessListsTest {
    @Test
    void whatIsTheSameIsNotTold() {
        assertThat(differences(list(1, 10, 2, 20), list(1, 10, 2, 20))).isEmpty();
    }

    @Test
    void comingAndGoingIsTold() {
        assertThat(differences(list(1, 10, 3, 30, 9, 90), list(1, 10, 2, 20, 3, 30)))
                .containsExactly("came 2", "gone 9");
    }

    @Test
    void aRecycledPidIsGoneAndCame() {
        assertThat(differences(list(7, 70), list(7, 71))).containsExactly("gone 7", "came 7");
    }

    @Test
    void whatIsListedOutOfOrderIsPutInItsPlace() {
        assertThat(differences(list(1, 10, 2, 20, 3, 30), list(3, 30, 1, 10, 2, 20)))
                .isEmpty();
    }

    private static List<String> differences(ProcessLists before, ProcessLists now) {
        List<String> told = new ArrayList<>();
        now.differences(before, new ProcessLists.Difference() {
            @Override
            public void gone(long pid) {
                told.add("gone " + pid);
            }

            @Override
            public void came(long pid) {
                told.add("came " + pid);
            }
        });
        return told;
    }

    private static ProcessLists list(long... pidsAndInodes) {
        ProcessLists list = new ProcessLists();
        for (int i = 0; i < pidsAndInodes.length; i += 2) {
            list.add(pidsAndInodes[i], pidsAndInodes[i + 1]);
        }
        return list;
    }
}
