// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.cgroupfs.Usage;
import io.waybill.cgroupfs.Usage.Cpu;
import io.waybill.cgroupfs.Usage.Disk;
import io.waybill.cgroupfs.Usage.Pressure;
import io.waybill.cgroupfs.Usage.Throttling;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UsageDifferenceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void sharesAreOfTheTimeBetweenAndProcessorsMayBeSeveral() {
        UsageDifference difference = UsageDifference.between(
                usage(5 * SECOND, new Throttling(10, 4, 7), 100, 1_000_000),
                usage(8 * SECOND, new Throttling(30, 9, 9), 700, 1_500_000),
                2 * SECOND);

        assertThat(difference.cpu()).isEqualTo(1.5f);
        assertThat(difference.throttled()).isEqualTo(0.25f);
        assertThat(difference.read()).isEqualTo(600);
        assertThat(difference.cpuPressure()).isEqualTo(0.25f);
    }

    @Test
    void noShareIsMoreThanAll() {
        UsageDifference difference = UsageDifference.between(
                usage(0, new Throttling(10, 4, 7), 0, 0), usage(0, new Throttling(11, 6, 9), 0, 1_200_000), SECOND);

        assertThat(difference.throttled()).isEqualTo(1);
        assertThat(difference.cpuPressure()).isEqualTo(1);
    }

    @Test
    void whatIsLessThanBeforeOrUnknownIsNotANumber() {
        UsageCounters nothing = UsageCounters.of(new Usage(null, null, null, null, null));
        UsageDifference replaced =
                UsageDifference.between(usage(9, null, 9, 9), usage(1, new Throttling(1, 1, 1), 1, 1), SECOND);
        UsageDifference unknown = UsageDifference.between(usage(1, null, 1, 1), nothing, SECOND);

        assertThat(replaced.cpu()).isNaN();
        assertThat(replaced.throttled()).isNaN();
        assertThat(replaced.cpuPressure()).isNaN();
        assertThat(replaced.read()).isZero();
        assertThat(unknown).isEqualTo(UsageDifference.first(nothing));
        assertThat(unknown.read()).isNaN();
    }

    @Test
    void ofTheFirstLookOnlyBytesAreKnownAndThereAreNone() {
        UsageDifference first = UsageDifference.first(usage(9, null, 9, 9));

        assertThat(first.cpu()).isNaN();
        assertThat(first.read()).isZero();
        assertThat(first.written()).isZero();
    }

    private static UsageCounters usage(long cpuNanos, Throttling throttling, long read, long waitedMicros) {
        return UsageCounters.of(new Usage(
                new Cpu(cpuNanos, null, throttling),
                null,
                null,
                new Disk(read, 0),
                new Pressure(waitedMicros, waitedMicros, waitedMicros)));
    }
}
