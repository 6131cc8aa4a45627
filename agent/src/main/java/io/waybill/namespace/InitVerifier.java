// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.NamespaceId;

/**
 * Proves that a process is in a namespace and alive, and holds it. Init can die right after a kernel named it, and the
 * ioctl of 2020 names strangers and threads: only what passes here becomes an answer.
 */
record InitVerifier(Processes processes) {
    /**
     * Holds the process if it is what it was said to be.
     *
     * @param way which said so
     * @return the living process, held; the caller closes it
     * @throws UnreadableException REFUSED or EXHAUSTED if that could not be proven; GONE if it is a zombie, ended, or in
     *     another namespace
     */
    HeldProcess hold(long candidate, OpenNamespace namespace, InitLookup way) throws UnreadableException {
        HeldProcess process = open(candidate);
        try {
            if (!way.confirms(namespace, process.pid())) {
                compare(process, namespace.id());
            }
            if (!process.isAlive()) {
                throw UnreadableException.gone(process.pid() + " is a zombie");
            }
            return process;
        } catch (UnreadableException e) {
            process.close();
            throw e;
        }
    }

    private static void compare(HeldProcess process, NamespaceId expected) throws UnreadableException {
        try (OpenNamespace actual = process.pidNamespace()) {
            if (!actual.id().equals(expected)) {
                throw UnreadableException.gone(
                        process.pid() + " is a stranger: it lives in " + actual.id() + ", not in " + expected);
            }
        }
    }

    /** The process of a thread, where the candidate is one: init's leader has ended and another thread reaps. */
    private HeldProcess open(long candidate) throws UnreadableException {
        try {
            return processes.open(candidate);
        } catch (UnreadableException e) {
            if (e.kind() != UnreadableException.Kind.THREAD) {
                throw e;
            }
            long process = processes.processOf(candidate);
            if (process == candidate) {
                throw UnreadableException.gone(e.reason() + ", and it ended");
            }
            return processes.open(process);
        }
    }
}
