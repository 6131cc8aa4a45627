// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.api;

import org.jspecify.annotations.Nullable;

/**
 * The pod that a container belongs to; each part is null where no source names it.
 *
 * @param uid the pod UID, in the form with dashes where the source has a UUID
 * @param name the pod's name
 * @param namespace the pod's Kubernetes namespace
 * @param containerName the container's name in the pod's specification
 */
public record Pod(
        @Nullable String uid,
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String containerName) {}
