// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

/** What one way says about the init of a namespace; nothing of it is verified yet. */
sealed interface InitAnswer {
    /** It may be this process, as this JVM sees it. */
    record Candidate(long pid) implements InitAnswer {}

    /** There is none, or none that has a number here. */
    record Nobody(String reason) implements InitAnswer {}

    /** The kernel does not tell this JVM; another way may. */
    record Refused(String reason) implements InitAnswer {}

    /** Nothing is left to look with, or there is nothing to look at for now; the next look may tell. */
    record Exhausted(String reason) implements InitAnswer {}

    /** The kernel does not know this way. */
    record Unsupported(String reason) implements InitAnswer {}
}
