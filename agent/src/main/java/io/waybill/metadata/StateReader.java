// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

/** Looks containers up in what one runtime keeps. */
@FunctionalInterface
interface StateReader {
    /** Never throws: what is wrong with the state is in the answer. */
    Lookup find(Wanted wanted);
}
