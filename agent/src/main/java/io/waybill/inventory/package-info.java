// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Which containers there are, since when, and when they ended. */
@NullMarked
package io.waybill.inventory;

import org.jspecify.annotations.NullMarked;
