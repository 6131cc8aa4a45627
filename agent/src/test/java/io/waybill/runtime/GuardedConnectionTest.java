// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.AgentConnection;
import io.waybill.api.ContainerScope;
import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedConnectionTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final AgentConnection guarded = new GuardedConnection(new Broken(), failures::add);

    @Test
    void whatTheAgentThrowsTheApplicationNeverSees() {
        Resolution resolution = guarded.resolver().resolve(4711);
        Resolution peer = guarded.peerOf("no channel");
        ContainerScope scope = guarded.openScope(4711);
        guarded.report(4711);

        assertThat(resolution.pid()).isEqualTo(4711);
        assertThat(resolution.outcome()).isEqualTo(Resolution.Outcome.UNANSWERED);
        assertThat(resolution.reason()).contains("an error in the agent", "broken");
        assertThat(peer.outcome()).isEqualTo(Resolution.Outcome.UNANSWERED);
        assertThat(scope).isNull();
        assertThat(guarded.openScope(resolution)).isNull();
        assertThat(failures).hasSize(5).allMatch(failure -> failure instanceof LinkageError);
    }

    /** For want of memory, as a rule. */
    @Test
    void norWhatThrowsWhereThatIsTold() {
        HookFailures unprintable = new HookFailures(new Complaints());

        unprintable.accept(new IllegalStateException("planted") {
            private static final long serialVersionUID = 1;

            @Override
            public String toString() {
                throw new OutOfMemoryError("planted");
            }
        });

        assertThat(unprintable.count()).isEqualTo(1);
    }

    /** Fails at every call, as with a damaged jar. */
    private static final class Broken implements AgentConnection {
        @Override
        public PidResolver resolver() {
            return pid -> {
                throw new LinkageError("broken");
            };
        }

        @Override
        public Resolution peerOf(Object channel) {
            throw new LinkageError("broken");
        }

        @Override
        public void report(long pid) {
            throw new LinkageError("broken");
        }

        @Override
        public ContainerScope openScope(long pid) {
            throw new LinkageError("broken");
        }

        @Override
        public ContainerScope openScope(Resolution resolution) {
            throw new LinkageError("broken");
        }
    }
}
