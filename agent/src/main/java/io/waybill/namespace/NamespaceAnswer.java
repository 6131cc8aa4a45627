// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import io.waybill.api.PidNamespace;

/** The pid namespace of one process, and its init. */
public sealed interface NamespaceAnswer {
    /**
     * The process is in this namespace.
     *
     * @param namespace the innermost one it is in
     * @param init the namespace's init
     * @param known whether the namespace had been met before, so that only the life of its init was checked
     */
    record In(PidNamespace namespace, Init init, boolean known) implements NamespaceAnswer {}

    /**
     * The kernel does not show its namespace to this JVM.
     *
     * @param reason the refused call, its errno, and the right that is missing
     */
    record Refused(String reason) implements NamespaceAnswer {}

    /**
     * The process ended.
     *
     * @param reason the look that found it gone
     */
    record Gone(String reason) implements NamespaceAnswer {}

    /**
     * Its namespace is neither this JVM's nor below it.
     *
     * @param reason how that is known
     */
    record NotVisible(String reason) implements NamespaceAnswer {}

    /**
     * This JVM or the machine has nothing left to look with.
     *
     * @param reason the call that failed, with its errno
     */
    record Exhausted(String reason) implements NamespaceAnswer {}
}
