// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Rules for the automated analysis of JDK Mission Control. */
@NullMarked
package io.waybill.examples.rules;

import org.jspecify.annotations.NullMarked;
