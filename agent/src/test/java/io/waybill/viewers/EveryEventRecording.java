// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import io.waybill.viewers.program.EveryEventProgram;
import java.nio.file.Path;

/** A recording with each event that there is, of a JVM beside one container that stays and one that comes and goes. */
final class EveryEventRecording {
    private EveryEventRecording() {}

    static Path make(Jdk jdk, Path recording) throws Exception {
        try (LimitedContainer stays = LimitedContainer.sleeping();
                RunningJvm jvm = ChildJvm.on(jdk)
                        .options(
                                "-Xlog:jfr+startup=off",
                                "-XX:StartFlightRecording:filename=" + recording + ",+waybill.ContainerUsage#period=1s")
                        .agent("period=200ms")
                        .start(
                                EveryEventProgram.class,
                                Long.toString(stays.initPid()),
                                stays.id(),
                                stays.id().replaceFirst("[0-9]+$", ""))) {
            jvm.awaitLine("ready");
            try (LimitedContainer goes = LimitedContainer.sleeping()) {
                assertThat(goes.id()).isNotEqualTo(stays.id());
                jvm.awaitLine("started");
            }
            Outcome outcome = jvm.join();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
        return recording;
    }
}
