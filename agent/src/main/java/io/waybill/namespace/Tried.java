// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.procfs.ProcFs;

/**
 * What came of trying what this kernel and this JVM's rights allow.
 *
 * @param own this JVM's namespace
 * @param lookups the ways to an init that work on it
 * @param complete whether nothing was missing that may be there later, such as a descriptor
 */
record Tried(OwnNamespace own, InitLookups lookups, boolean complete) implements AutoCloseable {
    static Tried now(Processes processes, ProcFs procFs, StepLog steps) {
        try (OwnNamespace.Opened opened = OwnNamespace.open(processes)) {
            InitLookups lookups = InitLookups.probe(opened.namespace(), procFs, new InitVerifier(processes), steps);
            return new Tried(OwnNamespace.of(opened, procFs), lookups, opened.complete());
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
