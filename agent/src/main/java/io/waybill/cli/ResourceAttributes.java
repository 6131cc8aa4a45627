// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Resolution;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process's container in the names of OpenTelemetry's semantic conventions for resources. */
final class ResourceAttributes {
    private ResourceAttributes() {}

    static Map<String, String> of(Resolution resolution) {
        Identity identity = resolution instanceof Resolution.Resolved resolved ? resolved.identity() : null;
        if (resolution instanceof Resolution.Refused refused) {
            identity = refused.identity();
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        if (identity instanceof ContainerIdentity container) {
            put(attributes, "container.id", container.id());
            put(attributes, "container.name", container.name());
            put(attributes, "container.image.name", container.image());
            put(attributes, "container.runtime", container.runtime().text());
            if (container.pod() != null) {
                put(attributes, "k8s.pod.uid", container.pod().uid());
                put(attributes, "k8s.pod.name", container.pod().name());
                put(attributes, "k8s.namespace.name", container.pod().namespace());
                put(attributes, "k8s.container.name", container.pod().containerName());
            }
        }
        return attributes;
    }

    /** As {@code OTEL_RESOURCE_ATTRIBUTES} wants it: percent-encoded, so that no value adds an attribute. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":");
    }

    private static void put(Map<String, String> attributes, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(key, value);
        }
    }
}
