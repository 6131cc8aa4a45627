// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerScope;
import io.waybill.api.Resolution;
import io.waybill.cgroupfs.CgroupFs;
import io.waybill.identity.IdentitySettings;
import io.waybill.inventory.ContainerTable;
import io.waybill.inventory.EntryMaker;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import io.waybill.resolve.Answers;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scopes are closed in the application's threads. */
class RecordedScopesTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final jdk.jfr.Recording running = new jdk.jfr.Recording();
    private final Answers answers = Answers.wire(16, IdentitySettings.defaults(), StepLog.NONE, complaint -> {});

    private Recording recording;
    private RecordedScopes scopes;

    @BeforeEach
    void record(@TempDir Path machine) {
        running.start();
        EntryMaker maker = new EntryMaker(pid -> new Resolution.Gone(pid, "", null), pid -> Optional.empty());
        ContainerTable table = new ContainerTable(maker, Clock.systemUTC(), 100);
        recording = Recording.whenUsed(
                new Usages(table, new CgroupFs(new ProcFs(machine), machine)),
                noFigures(),
                Runnable::run,
                Runnable::run,
                () -> {});
        scopes = new RecordedScopes(answers.resolver(), recording, met -> {}, failures::add);
    }

    /** Nobody asks for them. */
    static AgentFigures noFigures() {
        return (AgentFigures) Proxy.newProxyInstance(
                AgentFigures.class.getClassLoader(),
                new Class<?>[] {AgentFigures.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void end() {
        recording.close();
        Recording.EVENTS.forEach(FlightRecorder::register); // as they are in a JVM that does not close it
        running.close();
        answers.close();
    }

    /** As where the jar was overwritten in its place, or no memory is left; here the caller has made a mistake. */
    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void whatGoesWrongAtTheEndTheApplicationDoesNotSee() {
        Resolution none = null;
        ContainerScope scope = scopes.open(none, "test");
        assertThat(scope).isNotNull();

        scope.close();
        scope.close();

        assertThat(failures).singleElement().isInstanceOf(NullPointerException.class);
    }

    @Test
    void oneThatGoesRightEndsWithout() {
        ContainerScope scope = scopes.open(ProcessHandle.current().pid(), "test");

        scope.close();

        assertThat(failures).isEmpty();
    }
}
