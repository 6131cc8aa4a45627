// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.inventory;

import io.waybill.api.Init;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was last told of a namespace, also after its end. */
final class LastTold {
    /** Far more than start while an answer waits to be taken in. */
    private static final int MOST = 4096;

    /** The eldest first. */
    private final Map<Place, ContainerKey> told = new LinkedHashMap<>();

    /** Whether the namespace was told of as this, which has ended since, or as a container, whose name is not found now. */
    boolean has(ContainerKey key, Resolution resolution) {
        ContainerKey before = resolution instanceof Resolution.Resolved resolved
                ? told.get(new Place(resolved.namespace(), resolved.init()))
                : null;
        return before != null && (before.equals(key) || key.runtime() == null);
    }

    void remember(ContainerKey key, ContainerEntry entry) {
        if (entry.namespace() == null
                || entry.namespace().isOwn()
                || !entry.sharedWith().isEmpty()) {
            return;
        }
        told.put(new Place(entry.namespace(), entry.init()), key);
        if (told.size() > MOST) {
            told.remove(told.keySet().iterator().next());
        }
    }

    /** A namespace, and its init, which another one of the same number does not have. */
    private record Place(PidNamespace namespace, Init init) {}
}
