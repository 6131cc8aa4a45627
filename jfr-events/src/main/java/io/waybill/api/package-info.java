// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What an application asks of Waybill, and the values of an answer.
 *
 * <p>Without the agent every method is a cheap no-op.
 */
@NullMarked
package io.waybill.api;

import org.jspecify.annotations.NullMarked;
