// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Real container runtimes, started by the tests on a small machine of their own, and what Waybill says of them. */
@NullMarked
package io.waybill.runtimes;

import org.jspecify.annotations.NullMarked;
