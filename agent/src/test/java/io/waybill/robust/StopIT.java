// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The agent is stopped and attached again, and leaves nothing behind. How often: {@code waybill.test.restarts}. */
class StopIT {
    private static final int RESTARTS = Integer.getInteger("waybill.test.restarts", 20);
    private static final int FIRST = 3;

    @TempDir
    private Path folder;

    @OnBothJdks
    void stoppedAndAttachedAgainItLeavesNothingBehind(Jdk jdk) throws Exception {
        Path soon = folder.resolve("soon");
        Path late = folder.resolve("late");
        Path again = folder.resolve("again");
        Path over = folder.resolve("over");
        try (RunningJvm jvm = startAndStop(jdk, soon, late, again, over)) {
            jvm.awaitLine("ready");
            jvm.loadAgent(AgentJar.built(), "period=100ms");
            jvm.awaitLine("child 0");
            jvm.loadAgent(AgentJar.built(), "stop");
            restart(jvm, FIRST);
            Files.createFile(soon);
            jvm.awaitLine("awaiting " + late);
            restart(jvm, RESTARTS);
            Files.createFile(late);
            jvm.awaitLine("awaiting " + again);
            Files.createFile(again);
            jvm.loadAgent(AgentJar.built(), "");
            jvm.awaitLine("resolve ");
            jvm.loadAgent(AgentJar.built(), "stop");
            Files.createFile(over);
            Outcome outcome = jvm.join();

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).anyMatch(line -> line.startsWith("resolve own namespace"));
            leavesNothing(outcome);
        }
    }

    private static RunningJvm startAndStop(Jdk jdk, Path soon, Path late, Path again, Path over) throws Exception {
        return ChildJvm.on(jdk)
                .options("-XX:+EnableDynamicAgentLoading")
                .classPath(AgentJar.built())
                .start(
                        FaultProgram.class,
                        "agent=on",
                        "child",
                        "agent=off",
                        "await=" + soon,
                        "figures",
                        "await=" + late,
                        "figures",
                        "await=" + again,
                        "agent=on",
                        "resolve=" + ProcessHandle.current().pid(),
                        "agent=off",
                        // it would end before the answer to who stopped the agent
                        "await=" + over,
                        "child");
    }

    @OnBothJdks
    void theCommandLineStopsIt(Jdk jdk) throws Exception {
        Path detached = folder.resolve("detached");
        try (RunningJvm jvm =
                ChildJvm.on(jdk).agent("").start(FaultProgram.class, "agent=on", "agent=off", "await=" + detached)) {
            jvm.awaitLine("agent on");
            Outcome detach = ChildJvm.on(jdk)
                    .runCommand("-jar", AgentJar.built().toString(), "detach", Long.toString(jvm.pid()));
            Files.createFile(detached);
            Outcome outcome = jvm.join();

            assertThat(detach.exitCode()).as(detach.toString()).isZero();
            assertThat(detach.out()).containsExactly("The agent does not run in " + jvm.pid() + " any more.");
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
    }

    private static void leavesNothing(Outcome outcome) {
        List<Map<String, Long>> figures = outcome.out().stream()
                .filter(line -> line.startsWith("figures "))
                .map(StopIT::figures)
                .toList();
        Map<String, Long> soon = figures.get(0);
        Map<String, Long> late = figures.get(1);
        assertThat(late).containsOnlyKeys("descriptors", "threads", "groups", "classes", "beans");
        assertThat(late.get("groups")).isLessThanOrEqualTo(soon.get("groups") + 2); // not two for each time
        assertThat(late.get("beans")).isEqualTo(soon.get("beans"));
        assertThat(late.get("descriptors")).isLessThanOrEqualTo(soon.get("descriptors") + 1);
        // the JVM has some of its own as it needs them, but not one for each time
        assertThat(late.get("threads")).isLessThan(soon.get("threads") + 5);
        // two or three each time are the JDK's own; a class loader of ours left behind would be hundreds
        assertThat(late.get("classes")).isLessThan(soon.get("classes") + 50 + 5 * RESTARTS);
    }

    /** {@code figures descriptors=21 threads=11 …}. */
    private static Map<String, Long> figures(String line) {
        return Stream.of(line.split(" "))
                .skip(1)
                .map(word -> word.split("="))
                .collect(Collectors.toMap(word -> word[0], word -> Long.valueOf(word[1])));
    }

    private static void restart(RunningJvm jvm, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            jvm.loadAgent(AgentJar.built(), "period=100ms");
            jvm.loadAgent(AgentJar.built(), "stop");
        }
    }
}
