// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Where pids come from; resolves nothing. */
@NullMarked
package io.waybill.observe;

import org.jspecify.annotations.NullMarked;
