// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** The command line. */
@NullMarked
package io.waybill.cli;

import org.jspecify.annotations.NullMarked;
