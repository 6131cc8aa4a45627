// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.scope;

/** An argument does not lead to a pid by the declared path; the message says where and what there is instead. */
public final class NoPidException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoPidException(String message) {
        super(message, null, false, false);
    }
}
