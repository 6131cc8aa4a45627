// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

/** Is told each step of a resolution: what was asked, and what it answered. */
public interface StepLog {
    /** Tells nobody. */
    StepLog NONE = new StepLog() {
        @Override
        public boolean wanted() {
            return false;
        }

        @Override
        public void note(String step, String answer) {}
    };

    /** Whether anybody reads it; if not, nobody makes the texts. */
    boolean wanted();

    /**
     * A step was taken.
     *
     * @param step what was asked, such as {@code pidfd_open(4711)}
     * @param answer what it answered
     */
    void note(String step, String answer);
}
