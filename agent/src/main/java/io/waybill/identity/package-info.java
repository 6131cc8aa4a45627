// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** From a pid to the container it belongs to. */
@NullMarked
package io.waybill.identity;

import org.jspecify.annotations.NullMarked;
