// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** What people see in the programs they look at JVMs with. */
@NullMarked
package io.waybill.viewers;

import org.jspecify.annotations.NullMarked;
