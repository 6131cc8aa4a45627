// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.AgentConnection;
import io.waybill.api.ContainerScope;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.observe.OwnRights;
import java.security.PrivilegedAction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an error of the agent from the application that calls its API: the call is then without an answer, or does
 * nothing. It is answered by the agent's rights and not by its own.
 *
 * @param failures is told what was thrown
 */
record GuardedConnection(AgentConnection connection, Consumer<? super Throwable> failures) implements AgentConnection {
    @Override
    public PidResolver resolver() {
        PidResolver resolver = connection.resolver();
        return pid -> answer(pid, () -> resolver.resolve(pid));
    }

    @Override
    public Resolution peerOf(Object channel) {
        return answer(0, () -> connection.peerOf(channel));
    }

    @Override
    public void report(long pid) {
        try {
            OwnRights.with(() -> {
                connection.report(pid);
                return pid;
            });
        } catch (Throwable e) {
            failures.accept(e);
        }
    }

    @Override
    public @Nullable ContainerScope openScope(long pid) {
        try {
            return OwnRights.closing(OwnRights.with(() -> connection.openScope(pid)));
        } catch (Throwable e) {
            failures.accept(e);
            return null;
        }
    }

    @Override
    public @Nullable ContainerScope openScope(Resolution resolution) {
        try {
            return OwnRights.closing(OwnRights.with(() -> connection.openScope(resolution)));
        } catch (Throwable e) {
            failures.accept(e);
            return null;
        }
    }

    private Resolution answer(long pid, PrivilegedAction<Resolution> look) {
        try {
            return OwnRights.with(look);
        } catch (Throwable e) {
            failures.accept(e);
            return new Resolution.Unanswered(pid, "an error in the agent: " + e);
        }
    }
}
