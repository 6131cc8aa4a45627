// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** The text files of /proc: reading them, and one parser for each. */
@NullMarked
package io.waybill.procfs;

import org.jspecify.annotations.NullMarked;
