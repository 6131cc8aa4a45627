// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.testing;

import java.util.List;

/**
 * What came of a child JVM.
 *
 * @param exitCode its exit code
 * @param out its standard output, line by line
 * @param err its standard error, line by line
 */
public record Outcome(int exitCode, List<String> out, List<String> err) {}
