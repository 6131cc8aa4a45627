// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** What container runtimes wrote down about their containers. */
@NullMarked
package io.waybill.metadata;

import org.jspecify.annotations.NullMarked;
