// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whatever stands in the files of a control group: the figures it has are read, and nothing is thrown. */
class UsageFuzzTest {
    private static final List<String> UNIFIED = List.of(
            "cpu.stat",
            "cpu.max",
            "memory.current",
            "memory.max",
            "pids.current",
            "pids.max",
            "io.stat",
            "cpu.pressure",
            "memory.pressure",
            "io.pressure");

    private static final List<String> VERSION_ONE = List.of(
            "cpuacct.usage",
            "cpu.stat",
            "cpu.cfs_quota_us",
            "cpu.cfs_period_us",
            "memory.usage_in_bytes",
            "memory.limit_in_bytes",
            "pids.current",
            "pids.max",
            "blkio.throttle.io_service_bytes_recursive");

    @FuzzTest(maxDuration = "10s")
    void anyFilesOfVersionTwoAreRead(byte[] file) throws IOException {
        ControlGroup folder = Checks.group(file, UNIFIED);

        Checks.check(new ContainerGroups(folder, Map.of()));
    }

    @FuzzTest(maxDuration = "10s")
    void anyFilesOfVersionOneAreRead(byte[] file) throws IOException {
        ControlGroup folder = Checks.group(file, VERSION_ONE);

        Checks.check(new ContainerGroups(
                null, Map.of("cpuacct", folder, "cpu", folder, "memory", folder, "pids", folder, "blkio", folder)));
    }

    @FuzzTest(maxDuration = "10s")
    void anyListOfProcessorsIsCounted(byte[] file) {
        assertThat(CpuList.size(new String(file, StandardCharsets.UTF_8))).isNotNegative();
    }

    /** A class of its own, so that nothing is loaded before the fuzzer comes; see StateFuzzTest. */
    private static final class Checks {
        /** In memory where there is such a folder: thousands are written in a second. */
        private static final Path FOLDER = create();

        /** One file for all, under each of the names. */
        static ControlGroup group(byte[] content, List<String> names) throws IOException {
            for (String name : names) {
                Files.write(FOLDER.resolve(name), content);
            }
            return new ControlGroup("", FOLDER);
        }

        static void check(ContainerGroups groups) {
            Usage usage = new UsageReader(groups, 4).read();

            assertThat(usage.cpu() == null
                            || usage.cpu().limit() == null
                            || usage.cpu().limit() > 0)
                    .isTrue();
        }

        private static Path create() {
            try {
                Path memory = Path.of("/dev/shm");
                Path folder = Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "waybill-usage")
                        : Files.createTempDirectory("waybill-usage");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return folder;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void delete(Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(folder);
            } catch (IOException e) {
                System.err.println("left behind: " + folder + ": " + e);
            }
        }
    }
}
