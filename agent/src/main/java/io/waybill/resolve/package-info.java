// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** The whole way from a pid to its init and its container. */
@NullMarked
package io.waybill.resolve;

import org.jspecify.annotations.NullMarked;
