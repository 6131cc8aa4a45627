// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a JVM and its machine: the application goes on, and the agent mends itself or says once what it lost. In
 * each the program would end with a stack trace at the first exception that it sees.
 */
class FaultsIT {
    @TempDir
    private Path folder;

    private Unshared first;
    private Unshared second;

    @BeforeEach
    void makeNamespaces() {
        Needs.root();
        first = Unshared.start();
        second = Unshared.start();
    }

    @AfterEach
    void endNamespaces() {
        if (second != null) {
            first.close();
            second.close();
        }
    }

    @OnBothJdks
    void withNoDescriptorLeftItSaysSoAndMends(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .startedBy("prlimit", "--nofile=256")
                .agent("period=off")
                .run(
                        FaultProgram.class,
                        "agent=on",
                        resolve(first),
                        "descriptors=all",
                        resolve(second),
                        "descriptors=none",
                        resolve(second),
                        "child");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(answers(outcome)).first().isEqualTo(found(first));
        assertThat(answers(outcome).get(1)).contains("Unanswered", "EMFILE");
        assertThat(answers(outcome)).last().isEqualTo(found(second));
        assertThat(outcome.out()).contains("child 0", "done");
        assertThat(outcome.err()).isEmpty();
    }

    /** Where there are few, the agent holds a share of them only. */
    @OnBothJdks
    void theApplicationHasItsDescriptors(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .startedBy("prlimit", "--nofile=256")
                .agent("period=100ms,own=on")
                .run(FaultProgram.class, "agent=on", "looks=4", "descriptors=all", "looks=4", "descriptors=none");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out().stream()
                        .filter(line -> line.matches("descriptors [0-9]+"))
                        .map(line -> Integer.valueOf(line.substring("descriptors ".length()))))
                .singleElement()
                .satisfies(left -> assertThat(left).isGreaterThan(150));
        assertThat(outcome.err()).hasSizeLessThanOrEqualTo(1).allMatch(line -> line.contains("EMFILE"));
    }

    @OnBothJdks
    void atTheHeapLimitItGoesOn(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .options("-Xmx40m", "-XX:+UseSerialGC")
                .agent("period=100ms")
                .run(
                        FaultProgram.class,
                        "agent=on",
                        resolve(first),
                        "heap=1000",
                        resolve(second),
                        "rest=500",
                        "containers",
                        "child");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(answers(outcome)).containsExactly(found(first), found(second));
        assertThat(containers(outcome, 0)).contains(first.initPid(), second.initPid());
        assertThat(outcome.out()).contains("child 0", "done");
        // the JDK says so where it has no memory to load a class beside an agent, any agent
        assertThat(outcome.err())
                .filteredOn(line -> !line.startsWith("*** java.lang.instrument ASSERTION FAILED ***"))
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(line -> line.startsWith("waybill: "));
    }

    @OnBothJdks
    void aProcThatIsHiddenEndsNothing(Jdk jdk) throws Exception {
        endsNothing(jdk, new String[] {"mount", "-t", "tmpfs", "tmpfs", "/proc"}, new String[] {"umount", "/proc"});
    }

    @OnBothJdks
    void aProcThatIsUnmountedEndsNothing(Jdk jdk) throws Exception {
        endsNothing(
                jdk, new String[] {"umount", "--lazy", "/proc"}, new String[] {"mount", "-t", "proc", "proc", "/proc"});
    }

    private void endsNothing(Jdk jdk, String[] hide, String[] show) throws Exception {
        Path hidden = folder.resolve("hidden");
        Path shown = folder.resolve("shown");
        try (RunningJvm jvm = ChildJvm.on(jdk)
                .startedBy("unshare", "--mount", "--propagation", "private")
                .agent("period=100ms")
                .start(
                        FaultProgram.class,
                        "agent=on",
                        resolve(first),
                        "looks=4",
                        "await=" + hidden,
                        "looks=4",
                        "containers",
                        resolve(first),
                        resolve(second),
                        "child",
                        "await=" + shown,
                        "looks=4",
                        "containers",
                        resolve(second))) {
            jvm.awaitLine("awaiting " + hidden);
            inMountsOf(jvm, hide);
            Files.createFile(hidden);
            jvm.awaitLine("awaiting " + shown);
            inMountsOf(jvm, show);
            Files.createFile(shown);
            Outcome outcome = jvm.join();

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(answers(outcome)).hasSize(4).last().isEqualTo(found(second));
            assertThat(answers(outcome).get(1)).isEqualTo(found(first));
            assertThat(containers(outcome, 0)).contains(first.initPid(), second.initPid());
            assertThat(containers(outcome, 1)).contains(first.initPid(), second.initPid());
            assertThat(outcome.err())
                    .containsExactly("waybill: /proc does not show this JVM any more; until it does, only children are"
                            + " seen, and no end");
        }
    }

    @OnBothJdks
    void aStoppedInitIsFound(Jdk jdk) throws Exception {
        run("kill", "-STOP", Long.toString(first.initPid()));

        Outcome outcome = ChildJvm.on(jdk).agent("").run(FaultProgram.class, "agent=on", resolve(first));

        run("kill", "-CONT", Long.toString(first.initPid()));
        assertThat(answers(outcome)).containsExactly(found(first));
        assertThat(outcome.err()).isEmpty();
    }

    private static String resolve(Unshared namespace) {
        return "resolve=" + namespace.initPid();
    }

    private static String found(Unshared namespace) {
        return "namespace Known[pid=" + namespace.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]";
    }

    private static List<String> answers(Outcome outcome) {
        return outcome.out().stream()
                .filter(line -> line.startsWith("resolve "))
                .map(line -> line.substring("resolve ".length()))
                .toList();
    }

    private static List<Long> containers(Outcome outcome, int index) {
        String line = outcome.out().stream()
                .filter(out -> out.startsWith("containers "))
                .toList()
                .get(index);
        return List.of(line.replaceAll("[^0-9,]", "").split(",")).stream()
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private static void inMountsOf(RunningJvm jvm, String... command) throws Exception {
        String[] line = new String[command.length + 4];
        System.arraycopy(new String[] {"nsenter", "--target", Long.toString(jvm.pid()), "--mount"}, 0, line, 0, 4);
        System.arraycopy(command, 0, line, 4, command.length);
        run(line);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
