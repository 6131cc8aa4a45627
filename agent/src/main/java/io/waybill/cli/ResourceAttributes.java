// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How the values of {@code OTEL_RESOURCE_ATTRIBUTES} are written. */
final class ResourceAttributes {
    private ResourceAttributes() {}

    /** Percent-encoded, so that no value adds an attribute. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":");
    }
}
