// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import io.waybill.api.Identity;

/**
 * An identity with what runtimes keep of it.
 *
 * @param identity the identity; the one that was found where nothing more is known
 * @param whole whether all was read that there is; otherwise another look may find more
 */
public record Named(Identity identity, boolean whole) {}
