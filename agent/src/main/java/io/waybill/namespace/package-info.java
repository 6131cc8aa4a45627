// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** From a pid to the init of its pid namespace. */
@NullMarked
package io.waybill.namespace;

import org.jspecify.annotations.NullMarked;
