// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import io.waybill.identity.IdentitySettings;
import io.waybill.linux.Linux;
import io.waybill.linux.NativeAccessException;
import io.waybill.namespace.StepLog;
import io.waybill.procfs.ProcFs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** By the clock of these answers every process is young, until it has been asked so many more times: then all are old. */
public final class AgeingAnswers implements InstantSource {
    private int asksLeft = Integer.MAX_VALUE;

    /** Those that are wired with this clock. */
    public Answers wire(IdentitySettings settings) throws NativeAccessException {
        Linux linux = Linux.load();
        ProcFs procFs = ProcFs.mounted().readBy(new KernelFiles(linux));
        return new Answers(linux, procFs, 64, settings, StepLog.NONE, withZone(ZoneOffset.UTC));
    }

    /** Lets them grow old once the time was asked for so often; again has no effect. */
    public void growOldAfter(int asks) {
        asksLeft = Math.min(asksLeft, asks);
    }

    @Override
    public Instant instant() {
        if (asksLeft != Integer.MAX_VALUE && asksLeft > 0) {
            asksLeft--;
            return young();
        }
        return asksLeft == 0 ? Clock.systemUTC().instant().plus(Duration.ofHours(1)) : young();
    }

    private static Instant young() {
        return Clock.systemUTC().instant().minus(Duration.ofHours(1));
    }
}
