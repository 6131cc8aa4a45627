// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Waybill beside agents, servers and archives that are not ours. */
@NullMarked
package io.waybill.others;

import org.jspecify.annotations.NullMarked;
