// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Examples, by number; the first lines of each say how to run it and what it prints. */
@NullMarked
package io.waybill.examples;

import org.jspecify.annotations.NullMarked;
