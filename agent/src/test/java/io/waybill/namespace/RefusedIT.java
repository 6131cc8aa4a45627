// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.File;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JVM that may trace nobody, on a machine of many processes: each of them costs a few system calls, and no more. */
class RefusedIT {
    private static final int TIMES = 5000;
    /** For each; this JVM, which is asked about, has more threads than that. */
    private static final int CALLS = 8;

    private static final Pattern COUNTS = Pattern.compile("refused=(\\d+) reads=(\\d+) seconds=(\\d+) calls=(\\d+)");

    @OnBothJdks
    void itsOwnRightsAreReadOnceASecondAtMostAndNoThreadIsAsked(Jdk jdk) throws Exception {
        Needs.root();
        Path[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toArray(Path[]::new);

        Outcome outcome = ChildJvm.on(jdk)
                .startedBy("setpriv", "--bounding-set", "-all", "--inh-caps", "-all", "--no-new-privs")
                .classPath(classPath)
                .options(jdk.feature() < 22 ? new String[0] : new String[] {"--enable-native-access=ALL-UNNAMED"})
                .run(RefusedProgram.class, Long.toString(ProcessHandle.current().pid()), Integer.toString(TIMES));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).hasSize(2).allSatisfy(line -> {
            Matcher counts = COUNTS.matcher(line);
            assertThat(counts.matches()).as("%s", line).isTrue();
            assertThat(Integer.parseInt(counts.group(1))).as("refused").isEqualTo(TIMES);
            assertThat(Integer.parseInt(counts.group(2))).as("reads").isBetween(1, Integer.parseInt(counts.group(3)));
        });
    }
}
