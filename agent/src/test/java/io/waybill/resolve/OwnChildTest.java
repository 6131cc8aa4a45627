// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Identity;
import io.waybill.api.Init;
import io.waybill.api.InitWay;
import io.waybill.api.NoContainer;
import io.waybill.api.ObservedProcess;
import io.waybill.api.Resolution;
import io.waybill.identity.IdentitySettings;
import io.waybill.namespace.StepLog;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers for a pid that was a child's, which may have ended by then. */
class OwnChildTest {
    private static final long OWN = 4711;
    private static final long PID = 4712;
    private static final Identity IDENTITY = new NoContainer(NoContainer.Reason.HOST, "", "/");
    private static final Answers ANSWERS = Answers.wire(16, IdentitySettings.defaults(), StepLog.NONE, complaint -> {});

    @AfterAll
    static void close() {
        ANSWERS.close();
    }

    static Stream<Resolution> childs() {
        return Stream.of(
                resolved(new ObservedProcess(PID, PID, OWN, "sh", null)),
                refused(new ObservedProcess(PID, PID, OWN, "sudo", null)),
                // hidden by the procfs
                refused(new ObservedProcess(PID, 0, 0, "", null)),
                resolved(new ObservedProcess(PID, 0, 0, "", null)));
    }

    static Stream<Resolution> strangers() {
        return Stream.of(
                resolved(new ObservedProcess(PID, PID, 1, "sh", null)),
                refused(new ObservedProcess(PID, PID, 1, "sh", null)),
                // entered this namespace from outside
                resolved(new ObservedProcess(PID, PID, 0, "sh", null)));
    }

    @ParameterizedTest
    @MethodSource("childs")
    void whatIsSeenOfAChildIsTheAnswer(Resolution resolution) {
        assertThat(ANSWERS.forChild(resolution, OWN)).isEqualTo(resolution);
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void aStrangerThatHasItsPidIsNotTakenForIt(Resolution resolution) {
        assertThat(ANSWERS.forChild(resolution, OWN))
                .isInstanceOfSatisfying(
                        Resolution.Gone.class, gone -> assertThat(gone.bornIn()).isNotNull());
    }

    private static Resolution resolved(ObservedProcess process) {
        return new Resolution.Resolved(
                process, ANSWERS.namespaces().own(), new Init.Known(1, InitWay.PROC_SCAN), IDENTITY);
    }

    private static Resolution refused(ObservedProcess process) {
        return new Resolution.Refused(process, "ptrace", IDENTITY);
    }
}
