// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

/** The scope that nobody records. */
enum NoScope implements ContainerScope {
    NO_SCOPE;

    @Override
    public void close() {}
}
