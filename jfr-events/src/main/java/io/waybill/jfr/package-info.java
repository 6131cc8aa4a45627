// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** The events of Waybill, in the category "Container Identity". */
@NullMarked
package io.waybill.jfr;

import org.jspecify.annotations.NullMarked;
