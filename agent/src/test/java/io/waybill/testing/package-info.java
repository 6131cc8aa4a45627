// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** Child JVMs for tests: which JDK, with which agent, and what came of it. */
@NullMarked
package io.waybill.testing;

import org.jspecify.annotations.NullMarked;
