// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.resolve.program.RecyclingProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** No answer is given for a process that has ended to one who asks for another of the same number. */
class RecyclingIT {
    private static final int ROUNDS = 150;

    @OnBothJdks
    void oneLookAtTheProcessTellsItFromTheNext(Jdk jdk) throws Exception {
        noneIsStale(jdk, "polled");
    }

    @OnBothJdks
    void theKernelsWordTellsItFromTheNext(Jdk jdk) throws Exception {
        noneIsStale(jdk, "watched");
    }

    private static void noneIsStale(Jdk jdk, String mode) throws Exception {
        Needs.that(
                Files.isWritable(Path.of("/proc/sys/kernel/ns_last_pid"))
                        && "root".equals(System.getProperty("user.name")),
                "root and a kernel with ns_last_pid are needed");
        Path[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new);

        Outcome outcome = ChildJvm.on(jdk)
                .startedBy("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
                .classPath(classPath)
                // its file is named after the pid, which is 1 here as in other namespaces that have this /tmp
                .options("-XX:-UsePerfData")
                .options(jdk.feature() < 22 ? new String[0] : new String[] {"--enable-native-access=ALL-UNNAMED"})
                .run(RecyclingProgram.class, mode, Integer.toString(ROUNDS));

        assertThat(outcome.err()).isEmpty();
        Matcher numbers = Pattern.compile("recycled (\\d+), remembered (\\d+), stale (\\d+)")
                .matcher(String.join("\n", outcome.out()));
        assertThat(numbers.matches()).as("%s", outcome).isTrue();
        assertThat(Integer.parseInt(numbers.group(1))).as("recycled").isGreaterThan(ROUNDS / 2);
        assertThat(Integer.parseInt(numbers.group(2))).as("remembered").isEqualTo(ROUNDS);
        assertThat(Integer.parseInt(numbers.group(3))).as("stale").isZero();
    }
}
