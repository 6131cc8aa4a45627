// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.Init;
import org.jspecify.annotations.Nullable;

/**
 * The init of a namespace.
 *
 * @param answer who it is, or why there is none
 * @param held the process, held by whoever has this; null where there is none
 */
record FoundInit(Init answer, @Nullable HeldProcess held) {}
