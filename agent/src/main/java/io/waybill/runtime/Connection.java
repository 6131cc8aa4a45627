// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.AgentConnection;
import io.waybill.api.ContainerScope;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.observe.Observation;
import io.waybill.observe.Origin;
import io.waybill.observe.ProcessSink;
import io.waybill.publish.RecordedScopes;
import org.jspecify.annotations.Nullable;

/**
 * What the application reaches the agent by.
 *
 * @param scopes null without the flight recorder
 */
record Connection(
        PidResolver resolver, ProcessSink sink, @Nullable RecordedScopes scopes, Peers peers)
        implements AgentConnection {
    /** The origin of scopes that the application opens itself. */
    private static final String API = "api";

    @Override
    public Resolution peerOf(Object channel) {
        return peers.of(channel);
    }

    @Override
    public void report(long pid) {
        sink.observed(Observation.of(pid, Origin.API));
    }

    @Override
    public @Nullable ContainerScope openScope(long pid) {
        return scopes == null ? null : scopes.open(pid, API);
    }

    @Override
    public @Nullable ContainerScope openScope(Resolution resolution) {
        return scopes == null ? null : scopes.open(resolution, API);
    }
}
