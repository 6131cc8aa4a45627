// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** The doors: premain, agentmain, main, and the class loader behind them. */
@NullMarked
package io.waybill.agent;

import org.jspecify.annotations.NullMarked;
