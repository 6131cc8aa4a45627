// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A process of which the truth is known, since the test made it.
 *
 * @param name for a reader, such as {@code nested}
 * @param pid the process that is asked for
 * @param initPid the init of its pid namespace
 * @param inode of its pid namespace
 * @param containerId what the runtime called its container; null where it is in none
 */
record Case(
        String name,
        long pid,
        long initPid,
        long inode,
        @Nullable String containerId) {
    Case(String name, long pid, long initPid, long inode) {
        this(name, pid, initPid, inode, null);
    }
}
