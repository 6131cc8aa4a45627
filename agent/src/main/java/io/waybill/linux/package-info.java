// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** System calls of Linux, each once, with errno told as a value. */
@NullMarked
package io.waybill.linux;

import org.jspecify.annotations.NullMarked;
