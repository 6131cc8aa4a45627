// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import io.waybill.api.PidResolver;
import io.waybill.api.Resolution;
import io.waybill.cgroupfs.CgroupFs;
import io.waybill.inventory.ContainerTable;
import io.waybill.observe.AgentThreads;
import io.waybill.observe.Origin;
import io.waybill.observe.ProcessSink;
import io.waybill.publish.Beans;
import io.waybill.publish.DeclaredScopes;
import io.waybill.publish.RecordedResolver;
import io.waybill.publish.RecordedScopes;
import io.waybill.publish.Recording;
import io.waybill.publish.Usages;
import io.waybill.resolve.Answers;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where answers go, as far as the settings want it and this JVM has it.
 *
 * @param recording the flight recording; null without
 * @param beans the MXBeans; null without
 * @param resolver answers for pids, and records that it did
 * @param scopes opens scopes in the flight recording; null without
 */
record Publishers(
        @Nullable Recording recording,
        @Nullable Beans beans,
        PidResolver resolver,
        @Nullable RecordedScopes scopes) {
    /**
     * Makes them, and lets them listen to the table.
     *
     * @param replay records again what exists, for a recording that starts late
     * @param refresh asks for a look at all processes soon
     * @param sink takes note of processes that scopes are opened for
     * @param failures is told what goes wrong in a thread of the application
     * @param opened takes in what is to be closed
     */
    static Publishers of(
            Settings settings,
            ContainerTable table,
            Figures figures,
            Runnable replay,
            Runnable refresh,
            ProcessSink sink,
            Consumer<Throwable> failures,
            Opened opened) {
        Answers answers = figures.answers();
        AgentThread thread = figures.thread();
        Usages usages = new Usages(table, new CgroupFs(answers.procFs(), Path.of("/")));
        table.listen(usages);
        Recording recording = settings.isOn(Setting.JFR) && isPresent("jdk.jfr")
                ? opened.add(Recording.whenUsed(usages, figures, thread, thread::always, replay))
                : null;
        PidResolver resolver =
                recording == null ? answers.resolver() : new RecordedResolver(answers.resolver(), recording);
        Beans beans = settings.isOn(Setting.JMX) && isPresent("java.management")
                ? opened.add(new Beans(
                        usages,
                        resolver,
                        refresh,
                        answers::self,
                        answers.namespaces().own(),
                        figures,
                        work -> AgentThreads.ofListeners("notifications", work)))
                : null;
        if (recording != null) {
            table.listen(recording);
        }
        if (beans != null) {
            table.listen(beans);
        }
        RecordedScopes scopes = recording == null
                ? null
                : new RecordedScopes(answers.resolver(), recording, new FirstSight(sink), failures);
        return new Publishers(recording, beans, resolver, scopes);
    }

    /** Shows declared methods as a bean. */
    void show(DeclaredScopes declarations) {
        if (beans != null) {
            beans.showScopes(declarations);
        }
    }

    /** Whether a recording runs. */
    boolean isRecording() {
        return recording != null && recording.isRunning();
    }

    /** Records that a process was observed. */
    void observed(Origin origin, Resolution resolution, boolean joined) {
        if (recording != null) {
            recording.observed(origin.text(), resolution, joined);
        }
    }

    private static boolean isPresent(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }
}
