// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Declarations of methods that work on behalf of a container: how they are written, and from an argument to a pid. */
@NullMarked
package io.waybill.scope;

import org.jspecify.annotations.NullMarked;
