// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/**
 * A namespace, by the file on nsfs that stands for it.
 *
 * <p>Unique among the namespaces that exist at one time; the kernel gives the number of a namespace that ended to a
 * later one. {@link PidNamespace#kernelId()} is never reused.
 *
 * @param device the device number of nsfs, as {@code stat} gives it
 * @param inode the inode number, which {@code readlink /proc/PID/ns/pid} prints as {@code pid:[4026531836]}
 */
public record NamespaceId(long device, long inode) {
    @Override
    public String toString() {
        return "pid:[" + inode + "]";
    }
}
