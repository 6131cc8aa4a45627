// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.procfs.ProcFs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TraceRightTest {
    private static final String WITHOUT = "CapEff:\t0000000000000000\n";
    private static final String WITH = "CapEff:\t0000000000080000\n";

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1); // where nanoTime begins is not said
    private final AtomicInteger reads = new AtomicInteger();
    private String status = WITHOUT;
    private final TraceRight right = new TraceRight(new ProcFs(Path.of("/none")).readBy(this::read), time::get);

    @Test
    void aThousandRefusalsOfOneLookAreToldByOneRead() {
        for (int i = 0; i < 1000; i++) {
            assertThat(right.missing()).contains("which root has");
        }

        assertThat(reads).hasValue(1);
    }

    @Test
    void rightsThatChangedAreToldASecondLater() {
        right.missing();
        status = WITH;

        time.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
        assertThat(right.missing()).contains("which root has");
        time.addAndGet(1);
        assertThat(right.missing()).contains("a security module");
    }

    private byte[] read(String path, int limit) {
        assertThat(path).isEqualTo("/none/self/status");
        reads.incrementAndGet();
        return status.getBytes(StandardCharsets.UTF_8);
    }
}
