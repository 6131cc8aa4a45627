// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Options, wiring, start and stop. */
@NullMarked
package io.waybill.runtime;

import org.jspecify.annotations.NullMarked;
