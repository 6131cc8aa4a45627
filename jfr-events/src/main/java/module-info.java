// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
/** The flight-recorder events of Waybill, and what an application asks of its agent. */
module io.waybill {
    requires static transitive jdk.jfr;
    requires static transitive org.jspecify;

    exports io.waybill.api;
    exports io.waybill.jfr;
}
