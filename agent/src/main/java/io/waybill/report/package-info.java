// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Reads flight recordings and says which container cost what. */
@NullMarked
package io.waybill.report;

import org.jspecify.annotations.NullMarked;
