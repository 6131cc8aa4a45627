// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.api.Resolution;

/**
 * A resolution, and how it came about.
 *
 * @param resolution the resolution
 * @param cached whether nothing was asked but whether the process still lives
 */
public record Answer(Resolution resolution, boolean cached) {}
