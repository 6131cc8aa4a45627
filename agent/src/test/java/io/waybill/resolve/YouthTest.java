// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NamespaceId;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.PidNamespace;
import io.waybill.api.Resolution;
import io.waybill.procfs.ProcFs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an init that is called like a runtime is waited for, whoever calls itself so. */
class YouthTest {
    private static final Instant START = Instant.ofEpochSecond(1_764_000_000);

    @ParameterizedTest
    @ValueSource(strings = {"runc:[1:CHILD]", "runc:[2:INIT]", "youki:[1:INTER]", "youki:[2:INIT]", "crun"})
    void aRuntimeIsWaitedForForAMinuteAndNoLonger(String command) {
        assertThat(after(60).isBeingMade(init(command))).isTrue();
        assertThat(after(60).isOver(init(command))).isFalse();
        assertThat(after(61).isBeingMade(init(command))).isFalse();
        assertThat(after(61).isOver(init(command))).isTrue();
    }

    @Test
    void anyOtherIsNotWaitedForAndItsAnswerLastsAfterTwoSeconds() {
        assertThat(after(0).isBeingMade(init("sleep"))).isFalse();
        assertThat(after(2).isOver(init("sleep"))).isFalse();
        assertThat(after(3).isOver(init("sleep"))).isTrue();
    }

    private static Youth after(int seconds) {
        return new Youth(
                new ProcessReader(new ProcFs(Path.of("/none"))),
                Clock.fixed(START.plusSeconds(seconds), ZoneOffset.UTC));
    }

    private static Resolution init(String command) {
        return new Resolution.Resolved(
                new ObservedProcess(4711, 1, 1, command, START),
                new PidNamespace(new NamespaceId(4, 4_026_532_281L), null, 1, List.of()),
                new Init.Known(4711, InitWay.PROC_SCAN),
                new NoContainer(NoContainer.Reason.UNKNOWN_LAYOUT, "/build/7: no rule knows it", "/build/7"));
    }
}
