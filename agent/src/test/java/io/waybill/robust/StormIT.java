// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.ShareProgram;
import io.waybill.testing.CProgram;
import io.waybill.testing.Cgroups;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/**
 * A container that starts processes or makes cgroups without end, as fast as one CPU can, does not make the agent burn
 * another one.
 */
class StormIT {
    private static final int SECONDS = 12;
    /** A tenth for looks and one for events, and what may be saved up for both: two seconds. */
    private static final int ALLOWED = 2 * 10 + 200 / SECONDS;
    /** For what the clock of a thread does not tell in time, and what is begun when the last is spent. */
    private static final int SLACK = 5;

    @BeforeEach
    void needRoot() {
        Needs.root();
        Needs.program("taskset");
    }

    @OnBothJdks
    void theAgentTakesItsShareOfACoreAndFindsTheOtherContainers(Jdk jdk) throws Exception {
        try (Unshared storm = onFirstCpu("storm")) {
            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording")
                    .agent("period=100ms")
                    .run(ShareProgram.class, Integer.toString(SECONDS));

            assertThat(storm.initPid()).isPositive();
            assertKeptItsShare(outcome);
        }
    }

    /**
     * In a pid namespace of its own it listens to the cgroup tree instead; and the locale is one in which not every name can
     * be written.
     */
    @OnBothJdks
    void soItDoesWhereItListensToTheCgroupTree(Jdk jdk) throws Exception {
        Path group = Cgroups.writableHierarchy()
                .resolve("waybill-storm-" + ProcessHandle.current().pid() + "-" + jdk.feature());
        Files.createDirectory(group);
        try (Unshared groups = onFirstCpu("groups", group.toString())) {
            Outcome outcome = ChildJvm.on(jdk)
                    .startedBy("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
                    .startedBy(
                            "sh", "-c", "sleep 1000 | taskset --cpu-list 0 unshare --pid --fork \"$0\" & exec \"$@\"")
                    .startedBy(CProgram.compiled("storm").toString())
                    .environment("LC_ALL", "C")
                    .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording")
                    .agent("period=100ms")
                    .run(ShareProgram.class, Integer.toString(SECONDS));

            assertThat(groups.initPid()).isPositive();
            assertKeptItsShare(outcome);
            assertThat(outcome.out()).anyMatch(line -> line.startsWith("threads ") && line.contains("waybill-cgroups"));
        } finally {
            removeAll(group);
        }
    }

    private static Unshared onFirstCpu(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("taskset", "--cpu-list", "0", CProgram.compiled(program).toString()));
        command.addAll(List.of(arguments));
        return Unshared.running(command.toArray(String[]::new));
    }

    /** Who made them may make one more before it is gone. */
    private static void removeAll(Path group) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        do {
            new ProcessBuilder("find", group.toString(), "-depth", "-type", "d", "-delete")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } while (Files.exists(group) && System.nanoTime() < end);
        assertThat(group).doesNotExist();
    }

    private static void assertKeptItsShare(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).allMatch(StormIT::isOfTheBudget).hasSizeLessThanOrEqualTo(2);
        assertThat(outcome.out()).contains("found");
        assertThat(share(outcome)).as(outcome.toString()).isBetween(1L, (long) ALLOWED + SLACK);
    }

    static boolean isOfTheBudget(String line) {
        return line.startsWith("waybill: ") && line.contains("a tenth of a core");
    }

    private static long share(Outcome outcome) {
        return outcome.out().stream()
                .filter(line -> line.startsWith("share "))
                .mapToLong(line -> Long.parseLong(line.substring("share ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome));
    }
}
