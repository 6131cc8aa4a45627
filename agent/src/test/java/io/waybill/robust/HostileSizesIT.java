// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.CProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Containers that are large, many-named or never still: the agent's answers are right, and what it holds is bounded. */
class HostileSizesIT {
    private static final String HOST_NAME = "\\033]0;owned\\007<b>\\342\\200\\256\\n=1+1";

    @TempDir
    private Path folder;

    @BeforeEach
    void needRoot() {
        Needs.root();
    }

    /** Of what made the container as of its init, both of which are asked for signs of a runtime. */
    @OnBothJdks
    void aCommandLineOfAMegabyteIsReadInPart(Jdk jdk) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--pid", "--fork", "--kill-child", "sh", "-c", "echo ready; read wait", "sh"));
        // an argument may have 128 kB (MAX_ARG_STRLEN), all of them two megabytes
        command.addAll(Collections.nCopies(10, "conmon -c ".repeat(10_000)));
        try (Unshared container = Unshared.running(command.toArray(new String[0]))) {
            long inner = Unshared.onlyChildOf(container.initPid());

            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xmx40m", "-XX:+UseSerialGC")
                    .agent("period=100ms")
                    .run(FaultProgram.class, "agent=on", "resolve=" + inner, "bean=" + inner, "beans", "child");

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .contains("child 0")
                    .contains("resolve namespace Known[pid=" + inner + ", way=NS_GET_TGID_FROM_PIDNS]")
                    .allMatch(line -> line.length() < 4000);
        }
    }

    /** The JVM's own, in a UTS namespace: any 64 bytes are allowed. */
    @OnBothJdks
    void aHostNameIsNotObeyed(Jdk jdk) throws Exception {
        String[] renamed = {
            "unshare",
            "--uts",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "sh",
            "-c",
            "printf '" + HOST_NAME + "' >/proc/sys/kernel/hostname && exec \"$@\"",
            "sh"
        };
        Path recording = folder.resolve("named.jfr");

        Outcome agent = ChildJvm.on(jdk)
                .startedBy(renamed)
                .options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording=filename=" + recording)
                .agent("period=100ms")
                .run(FaultProgram.class, "agent=on", "beans", "identity=1");
        Outcome self = ChildJvm.on(jdk)
                .startedBy(renamed)
                .runCommand("-jar", AgentJar.built().toString(), "resolve", "1");

        assertThat(agent.exitCode()).as(agent.toString()).isZero();
        assertThat(agent.err()).isEmpty();
        assertThat(agent.out()).anyMatch(line -> line.startsWith("beans ") && line.contains("none is a pattern"));
        assertThat(self.out()).isNotEmpty().allMatch(HostileSizesIT::isHarmless);
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (event.getEventType().getName().startsWith("waybill.")) {
                assertThat(event.toString()).doesNotContain("owned");
            }
        }
    }

    /** It starts thousands of processes in these seconds, each with hundreds of names. */
    @OnBothJdks
    void aContainerThatForksAndRenamesWithoutEndIsBornWith(Jdk jdk) throws Exception {
        try (Unshared quiet = Unshared.start();
                Unshared storm = Unshared.running(CProgram.compiled("storm").toString())) {
            Outcome outcome = ChildJvm.on(jdk)
                    .options("-Xmx64m", "-Xlog:jfr+startup=off", "-XX:StartFlightRecording")
                    .agent("period=100ms")
                    .run(
                            FaultProgram.class,
                            "agent=on",
                            "rest=1000",
                            "figures",
                            "resolve=" + quiet.initPid(),
                            "resolve=" + storm.initPid(),
                            "rest=3000",
                            "figures",
                            "containers",
                            "beans",
                            "resolve=" + storm.initPid(),
                            "child");

            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
            assertThat(outcome.err()).allMatch(StormIT::isOfTheBudget);
            assertThat(outcome.out()).contains("child 0").contains(found(quiet)).contains(found(storm));
            assertThat(outcome.out())
                    .anyMatch(line -> line.startsWith("containers ")
                            && line.contains("" + quiet.initPid())
                            && line.contains("" + storm.initPid()));
            List<Map<String, Long>> figures = outcome.out().stream()
                    .filter(line -> line.startsWith("figures "))
                    .map(HostileSizesIT::figures)
                    .toList();
            assertThat(figures.get(1).get("descriptors"))
                    .isLessThan(figures.get(0).get("descriptors") + 200);
            assertThat(figures.get(1).get("beans")).isLessThan(figures.get(0).get("beans") + 20);
        }
    }

    private static Map<String, Long> figures(String line) {
        return Stream.of(line.split(" "))
                .skip(1)
                .map(word -> word.split("="))
                .collect(Collectors.toMap(word -> word[0], word -> Long.valueOf(word[1])));
    }

    private static boolean isHarmless(String line) {
        return line.chars().noneMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x202e);
    }

    private static String found(Unshared namespace) {
        return "resolve namespace Known[pid=" + namespace.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]";
    }
}
