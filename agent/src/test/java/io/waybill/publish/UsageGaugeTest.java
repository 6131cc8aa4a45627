// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.cgroupfs.Usage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UsageGaugeTest {
    private long nanoTime = TimeUnit.HOURS.toNanos(1);
    private long cpuNanos = TimeUnit.SECONDS.toNanos(7);
    private int readings;

    private final UsageGauge gauge = new UsageGauge(() -> nanoTime);

    @Test
    void nothingIsReadUntilSomebodyAsks() {
        assertThat(readings).isZero();
    }

    @Test
    void aReadingIsGoodForASecondAndForAllNumbers() {
        gauge.figures(this::read);
        gauge.cpu(this::read);
        nanoTime += TimeUnit.MILLISECONDS.toNanos(999);
        gauge.figures(this::read);
        assertThat(readings).isOne();

        nanoTime += TimeUnit.MILLISECONDS.toNanos(1);
        gauge.figures(this::read);

        assertThat(readings).isEqualTo(2);
    }

    @Test
    void processorsInUseAreThoseBetweenTwoReadings() {
        assertThat(gauge.cpu(this::read)).isZero();

        nanoTime += TimeUnit.SECONDS.toNanos(4);
        cpuNanos += TimeUnit.SECONDS.toNanos(6);

        assertThat(gauge.cpu(this::read)).isEqualTo(1.5);
    }

    @Test
    void whatWasUsedBeforeAReadingThatFailedIsNotTakenForAMomentsUse() {
        gauge.cpu(this::read);
        nanoTime += TimeUnit.SECONDS.toNanos(4);
        assertThat(gauge.cpu(Optional::empty)).isZero();

        nanoTime += TimeUnit.SECONDS.toNanos(4);
        assertThat(gauge.cpu(this::read)).isZero();
        nanoTime += TimeUnit.SECONDS.toNanos(4);
        cpuNanos += TimeUnit.SECONDS.toNanos(6);

        assertThat(gauge.cpu(this::read)).isEqualTo(1.5);
    }

    private Optional<Usage> read() {
        readings++;
        return Optional.of(new Usage(new Usage.Cpu(cpuNanos, null, null), null, null, null, null));
    }
}
