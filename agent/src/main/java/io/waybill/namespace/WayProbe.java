// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.InitWay;

/**
 * What came of trying a way on this JVM's own namespace.
 *
 * @param way the way
 * @param works whether this kernel has it
 * @param answer what it answered
 */
public record WayProbe(InitWay way, boolean works, String answer) {}
