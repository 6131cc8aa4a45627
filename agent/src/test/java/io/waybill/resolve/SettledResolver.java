// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.identity.ContainerIdentities;
import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.NamespaceResolver;
import io.waybill.procfs.ProcFs;
import java.time.Clock;
import java.time.Duration;

/** A resolver two minutes on, when every answer counts as settled and is remembered. */
final class SettledResolver {
    private SettledResolver() {}

    static ContainerResolver over(NamespaceResolver namespaces, ProcFs procFs, int remember) {
        return new ContainerResolver(
                namespaces,
                ContainerIdentities.of(procFs, IdentitySettings.defaults()),
                new ProcessReader(procFs),
                remember,
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
    }
}
