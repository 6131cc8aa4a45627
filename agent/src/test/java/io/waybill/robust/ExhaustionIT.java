// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.Cgroups;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** No thread left for the JVM, no memory for a container: the application goes on, and the answers are right. */
class ExhaustionIT {
    private static final String LIMITED =
            "echo 0 >\"$1/cgroup.procs\" && echo \"$2\" >\"$1/pids.max\" && shift 2 && exec \"$@\"";
    /** A JVM of one collector needs fewer than these. */
    private static final int MANY_THREADS = 60;

    @TempDir
    private Path folder;

    private Path cgroup;

    @BeforeEach
    void makeCgroup() throws IOException {
        Needs.root();
        cgroup = Files.createDirectories(Path.of(
                "/sys/fs/cgroup/pids/waybill-few-" + ProcessHandle.current().pid()));
    }

    @AfterEach
    void removeCgroup() throws IOException {
        if (cgroup != null) {
            Cgroups.remove(cgroup);
        }
    }

    @OnBothJdks
    void withNoThreadLeftItGoesOn(Jdk jdk) throws Exception {
        try (Unshared first = Unshared.start();
                Unshared second = Unshared.start()) {
            Outcome outcome = limited(jdk, MANY_THREADS)
                    .agent("period=100ms")
                    .run(
                            FaultProgram.class,
                            "agent=on",
                            "resolve=" + first.initPid(),
                            "threads=all",
                            "rest=500",
                            "resolve=" + second.initPid(),
                            "containers",
                            "threads=none",
                            "rest=300",
                            "child");

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("threads none left", "child 0", found(first), found(second));
            assertThat(outcome.out())
                    .anyMatch(line -> line.startsWith("containers ") && line.contains("" + second.initPid()));
        }
    }

    /** With one that waits it would be told of where it matches nothing. */
    @OnBothJdks
    void withNoThreadLeftAMethodIsDeclaredAllTheSame(Jdk jdk) throws Exception {
        Outcome outcome = limited(jdk, MANY_THREADS)
                .agent("")
                .run(
                        FaultProgram.class,
                        "agent=on",
                        "threads=all",
                        "declare=" + FaultProgram.class.getName() + "#awaitSeen(pid:0)",
                        "threads=none",
                        "child");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).contains("threads none left", "declared [awaitSeen(long)]", "child 0");
        assertThat(outcome.err())
                .singleElement()
                .asString()
                .startsWith("waybill: no thread for declarations that match nothing (");
    }

    /**
     * One thread more each time, from a few above the fewest with which the JVM starts at all: so close to its own limit it
     * ends as often as not, with any agent.
     */
    @OnBothJdks
    void atEveryLimitOfThreadsTheApplicationStarts(Jdk jdk) throws Exception {
        int fewest = 1;
        while (starts(jdk, fewest).exitCode() != 0) {
            fewest++;
            assertThat(fewest).isLessThan(MANY_THREADS);
        }
        for (int limit = fewest + 3; limit < fewest + 8; limit++) {
            Outcome outcome =
                    limited(jdk, limit).agent("period=100ms,cache=watched").run(FaultProgram.class, "rest=700");

            assertThat(outcome.exitCode()).as(limit + ": " + outcome).isZero();
            assertThat(outcome.out()).as(limit + ": " + outcome).endsWith("done");
            assertThat(outcome.err())
                    .as(limit + ": " + outcome)
                    .hasSizeLessThanOrEqualTo(2)
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.startsWith("waybill: ") && line.contains("thread"));
        }
    }

    /** The kernel kills it; that is not our doing, and is told. */
    @OnBothJdks
    void aContainerThatIsKilledForMemoryIsToldAsKilled(Jdk jdk) throws Exception {
        Path recording = folder.resolve("killed.jfr");
        try (LimitedContainer greedy = LimitedContainer.greedy();
                RunningJvm jvm = ChildJvm.on(jdk)
                        .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                        .agent("period=200ms")
                        .start(FaultProgram.class, "agent=on", "ended=" + greedy.initPid(), "child")) {
            long init = greedy.initPid();
            jvm.awaitLine("agent on");
            greedy.letGo();
            ProcessHandle.of(init)
                    .ifPresent(handle ->
                            handle.onExit().orTimeout(60, TimeUnit.SECONDS).join());
            Outcome outcome = jvm.join();

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).isEmpty();
            List<RecordedEvent> ended = RecordingFile.readAllEvents(recording).stream()
                    .filter(event -> event.getEventType().getName().equals("waybill.ContainerEnded")
                            && event.getLong("initPid") == init)
                    .toList();
            assertThat(ended).singleElement().satisfies(event -> {
                assertThat(event.getString("containerId")).isEqualTo(greedy.id());
                assertThat(event.getString("exitStatus")).contains("9");
            });
        }
    }

    private Outcome starts(Jdk jdk, int limit) throws Exception {
        return limited(jdk, limit).run(FaultProgram.class, "rest=1");
    }

    /** What the JVM says of threads that it cannot start is on its standard output. */
    private ChildJvm limited(Jdk jdk, int threads) {
        return ChildJvm.on(jdk)
                .startedBy("sh", "-c", LIMITED, "sh", cgroup.toString(), Integer.toString(threads))
                .options("-Xlog:disable", "-XX:+UseSerialGC");
    }

    private static String found(Unshared namespace) {
        return "resolve namespace Known[pid=" + namespace.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]";
    }
}
