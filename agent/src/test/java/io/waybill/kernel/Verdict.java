// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import java.util.Objects;

/** Compares what Waybill said with what is true; the one place that decides. */
final class Verdict {
    private int compared;
    private int wrong;

    /** Compares, and tells of a difference. */
    void compare(String what, Object truth, Object said) {
        compared++;
        if (!Objects.equals(truth, said)) {
            wrong++;
            System.out.println("WRONG " + what + ": " + said + ", but " + truth + " is true");
        }
    }

    /** Takes note of something that must be so. */
    void require(String what, boolean so, Object seen) {
        compared++;
        if (!so) {
            wrong++;
            System.out.println("WRONG " + what + ": " + seen);
        }
    }

    boolean isRight() {
        return wrong == 0;
    }

    @Override
    public String toString() {
        return compared + " compared, " + wrong + " wrong";
    }
}
