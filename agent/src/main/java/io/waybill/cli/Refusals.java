// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.api.Resolution;

/** The processes that the kernel did not show, and why it refused the first of them. */
final class Refusals {
    private long count;
    private String first = "";

    void add(Resolution.Refused refused) {
        count++;
        if (count == 1) {
            first = "pid " + refused.pid() + ": " + refused.reason();
        }
    }

    long count() {
        return count;
    }

    /** The first one's pid, what was refused, and what is missing; empty without any. */
    String first() {
        return first;
    }

    /** One line of what could not be looked at; of no use without any. */
    @Override
    public String toString() {
        return count == 1
                ? "1 process could not be looked at, " + first
                : count + " processes could not be looked at, the first of them " + first;
    }
}
