// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.Resolution;

/**
 * Where this JVM itself runs.
 *
 * @param self its container or cgroup
 */
record OwnPlace(Identity self) {
    /** Whether a process is there, too: in this JVM's own pid namespace, and in its cgroup or container. */
    boolean has(Resolution resolution) {
        if (!(resolution instanceof Resolution.Resolved resolved)
                || !resolved.namespace().isOwn()) {
            return false;
        }
        Identity identity = resolved.identity();
        if (identity instanceof ContainerIdentity container && self instanceof ContainerIdentity own) {
            return container.id().equals(own.id());
        }
        return identity.cgroupPath().equals(self.cgroupPath());
    }
}
