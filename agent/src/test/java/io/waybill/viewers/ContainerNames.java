// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import io.waybill.testing.LimitedContainer;

/** How a container of the tests is shown. */
final class ContainerNames {
    private ContainerNames() {}

    static String shown(LimitedContainer container) {
        return container.id();
    }

    static String bean(LimitedContainer container) {
        return "io.waybill:type=Container,runtime=runc,name=" + shown(container) + ",id=" + container.id();
    }
}
