// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cli;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers as maps with the names that events have, for JSON; what is not known is left out. */
final class AnswerView {
    private AnswerView() {}

    static Map<String, Object> of(Resolution resolution) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("pid", resolution.pid());
        view.put("outcome", resolution.outcome().text());
        put(view, "reason", resolution.reason());
        if (resolution instanceof Resolution.Resolved resolved) {
            addProcess(view, resolved.process());
            addNamespace(view, resolved.namespace());
            addInit(view, resolved.init());
            addIdentity(view, resolved.identity());
        } else if (resolution instanceof Resolution.Refused refused) {
            addProcess(view, refused.process());
            addIdentity(view, refused.identity());
        } else if (resolution instanceof Resolution.Gone gone && gone.bornIn() != null) {
            addNamespace(view, gone.bornIn());
        }
        return view;
    }

    static void addProcess(Map<String, Object> view, ObservedProcess process) {
        put(view, "command", process.command());
        if (process.pidInside() != 0) {
            view.put("pidInside", process.pidInside());
            view.put("parentPid", process.parentPid());
        }
        if (process.start() != null) {
            view.put("start", process.start().toString());
        }
    }

    static void addNamespace(Map<String, Object> view, PidNamespace namespace) {
        view.put("pidNamespace", namespace.id().inode());
        put(view, "pidNamespaceId", namespace.kernelId());
        view.put("depth", namespace.depth());
        view.put("parents", namespace.parents().stream().map(NamespaceId::inode).toList());
    }

    static void addInit(Map<String, Object> view, Init init) {
        if (init instanceof Init.Known known) {
            view.put("initPid", known.pid());
            view.put("way", known.way().text());
        }
    }

    static void addIdentity(Map<String, Object> view, Identity identity) {
        if (identity instanceof ContainerIdentity container) {
            view.put("containerId", container.id());
            view.put("containerName", container.displayName());
            view.put("runtime", container.runtime().text());
            put(view, "image", container.image());
            if (container.pod() != null) {
                put(view, "podUid", container.pod().uid());
                put(view, "podName", container.pod().name());
                put(view, "podNamespace", container.pod().namespace());
                put(view, "podContainerName", container.pod().containerName());
            }
            if (container.sandbox()) {
                view.put("sandbox", true);
            }
            // a Map.copyOf is in another order in each JVM
            put(view, "labels", container.labels().isEmpty() ? null : new TreeMap<>(container.labels()));
            view.put("provenance", container.provenance().toString());
            view.put("evidence", container.provenance().evidence());
            put(view, "remarks", container.remarks().isEmpty() ? null : container.remarks());
        } else if (identity instanceof NoContainer none) {
            view.put("noContainer", none.reason().text());
            put(view, "noContainerDetail", none.detail());
        }
        put(view, "cgroupPath", identity.cgroupPath());
    }

    private static void put(Map<String, Object> view, String key, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            view.put(key, value);
        }
    }
}
