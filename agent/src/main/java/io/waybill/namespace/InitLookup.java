// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import io.waybill.api.InitWay;

/** One way from a pid namespace to its init. */
interface InitLookup {
    /** Its name. */
    InitWay way();

    /** Asks; the answer is to be verified. */
    InitAnswer find(OpenNamespace namespace);
}
