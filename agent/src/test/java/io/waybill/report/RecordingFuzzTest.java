// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Whatever a file is that is given as a recording: it is read as far as it is one, and the rest is told. */
class RecordingFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyFileIsReadOrTold(byte[] file) throws IOException {
        Checks.check(file);
    }

    /**
     * A recording of JDK 17 with scopes and containers, damaged.
     *
     * @param damage four bytes for each: where, and what stands there instead
     */
    @FuzzTest(maxDuration = "10s")
    void anyDamageIsReadOrTold(byte[] damage) throws IOException {
        byte[] file = Checks.recording();
        for (int i = 0; i + 4 <= damage.length; i += 4) {
            int place = ((damage[i] & 0xff) << 16) | ((damage[i + 1] & 0xff) << 8) | (damage[i + 2] & 0xff);
            file[place % file.length] = damage[i + 3];
        }

        Checks.check(file);
    }

    /** A class of its own, so that nothing is loaded before the fuzzer comes; see StateFuzzTest. */
    private static final class Checks {
        static void check(byte[] content) throws IOException {
            Path file = Files.createTempFile("waybill-fuzz", ".jfr");
            try {
                Files.write(file, content);

                Report report = RecordingReader.read(List.of(file), (done, all) -> {});

                assertThat(report.problems()).hasSizeLessThanOrEqualTo(1 + content.length);
                assertThat(report.jvms()).hasSizeLessThanOrEqualTo(1 + content.length / ChunkHeader.BYTES);
            } finally {
                Files.delete(file);
            }
        }

        static byte[] recording() throws IOException {
            String name = "scopes.jfr.gz";
            try (InputStream in = new GZIPInputStream(
                    Objects.requireNonNull(RecordingFuzzTest.class.getResourceAsStream(name), name))) {
                return in.readAllBytes();
            }
        }
    }
}
