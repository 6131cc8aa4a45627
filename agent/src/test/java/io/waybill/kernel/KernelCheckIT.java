// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.testing.Needs;
import io.waybill.testing.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of the kernels, where the machine lacks what it needs. */
class KernelCheckIT {
    private static final Path CHECK = Path.of("src/it/kernel/check").toAbsolutePath();
    private static final List<String> USED = Stream.of(
                    "awk bash cat cut dirname env head id sha256sum sort uname", // of every Debian
                    "dpkg-query apt-cache apt-get",
                    "gcc busybox crun nsenter runc setpriv taskset")
            .flatMap(names -> Stream.of(names.split(" ")))
            .toList();
    private static final Set<String> COMPILER = Set.of("gcc");
    private static final Set<String> PACKAGES = Set.of("dpkg-query", "apt-cache", "apt-get");

    @TempDir
    private Path folder;

    @BeforeEach
    void itIsForThisMachine() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "User Mode Linux is for x86-64");
        Needs.root();
        List.of("gcc", "busybox", "runc", "crun", "nsenter", "setpriv", "taskset")
                .forEach(Needs::program);
    }

    /** JUnit warns of each link that it deletes. */
    @AfterEach
    void unlinkPrograms() throws IOException {
        for (String name : USED) {
            Files.deleteIfExists(folder.resolve("programs").resolve(name));
        }
    }

    @Test
    void aMissingCompilerFailsInCi() throws Exception {
        Outcome outcome = check(COMPILER, "true");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsExactly("kernel check skipped: no gcc");
    }

    @Test
    void aMissingCompilerIsSkippedVisiblyElsewhere() throws Exception {
        Outcome outcome = check(COMPILER, "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).containsExactly("kernel check skipped: no gcc");
    }

    @Test
    void aMissingSourcePackageFailsInCi() throws Exception {
        Outcome outcome = check(PACKAGES, "true");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsExactly("kernel check skipped: no kernel of Linux 6.1");
        assertThat(outcome.err()).anyMatch(line -> line.startsWith("kernel: no package linux-source-6.1;"));
    }

    @Test
    void aMissingSourcePackageIsSkippedVisiblyElsewhere() throws Exception {
        Outcome outcome = check(PACKAGES, "");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).containsExactly("kernel check skipped: no kernel of Linux 6.1");
        assertThat(outcome.err()).anyMatch(line -> line.startsWith("kernel: no package linux-source-6.1;"));
    }

    /** With what it uses until it misses something, but for some, and no kernel made before. */
    private Outcome check(Set<String> hidden, String ci) throws IOException, InterruptedException {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : USED) {
            if (!hidden.contains(name)) {
                Files.createSymbolicLink(programs.resolve(name), find(name));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(CHECK.toString(), "6.1")
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("CI", ci);
        builder.environment()
                .put("WAYBILL_KERNEL_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readAllLines(folder.resolve("out")),
                Files.readAllLines(folder.resolve("err")));
    }

    private static Path find(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program + " is not on the path"));
    }
}
