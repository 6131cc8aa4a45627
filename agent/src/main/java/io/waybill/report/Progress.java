// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

/** Is told how far the reading is. */
@FunctionalInterface
public interface Progress {
    /**
     * Some more was read.
     *
     * @param done bytes
     * @param all bytes in all files
     */
    void at(long done, long all);
}
