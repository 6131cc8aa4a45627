// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.AgentConnection;
import io.waybill.api.ProcessContainers;
import io.waybill.observe.LoadedClasses;
import java.lang.instrument.Instrumentation;

/** The API in the application's own class loader, and the copies of it that others have, such as that of a war. */
final class ApiCopies {
    private ApiCopies() {}

    /**
     * Connects the API. Copies that are loaded later find it by themselves; those that were loaded before the agent are told.
     *
     * @return what ends it
     */
    static AutoCloseable connect(AgentConnection connection, Instrumentation instrumentation) {
        ProcessContainers.connect(connection);
        for (Class<?> loaded : LoadedClasses.of(instrumentation)) {
            if (loaded != ProcessContainers.class && loaded.getName().equals(ProcessContainers.class.getName())) {
                tell(loaded);
            }
        }
        return () -> ProcessContainers.connect(null);
    }

    private static void tell(Class<?> copy) {
        try {
            copy.getMethod("findAgent").invoke(null);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // a copy of an older version, or another class of that name: it stays without an agent
        }
    }
}
