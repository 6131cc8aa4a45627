// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Stands in for java.util.logging in what JNA loads.
 *
 * <p>JNA makes a logger when it loads, which brings up the log manager before an application server could name its own.
 * The build lets JNA's classes refer to this package instead; a name of the same length takes no more than that.
 */
@NullMarked
package io.waybill.silent;

import org.jspecify.annotations.NullMarked;
