// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.CProgram;
import io.waybill.testing.Cgroups;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the clock while the agent runs; only the JVM under test sees it. */
class ClockIT {
    private static final String ID = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    /** A clock set forward makes every process look old, whose answer would then be kept before it is final. */
    @OnBothJdks
    void aClockSetForwardKeepsNoEarlyAnswer(Jdk jdk) throws Exception {
        answersAreRightWhenTheClockIsSetBy("86400", jdk);
    }

    /** A clock set back makes every process look as if it were not born yet. */
    @OnBothJdks
    void aClockSetBackMakesNoDifference(Jdk jdk) throws Exception {
        answersAreRightWhenTheClockIsSetBy("-86400", jdk);
    }

    private void answersAreRightWhenTheClockIsSetBy(String seconds, Jdk jdk) throws Exception {
        Needs.root();
        Path cgroup = Files.createDirectories(
                Path.of("/sys/fs/cgroup/pids/waybill-" + ProcessHandle.current().pid() + "/docker/" + ID));
        Path clock = folder.resolve("clock");
        Path changed = folder.resolve("changed");
        Path moved = folder.resolve("moved");
        try (RunningJvm jvm = ChildJvm.on(jdk)
                .environment("LD_PRELOAD", CProgram.library("clock").toString())
                .environment("WAYBILL_CLOCK", clock.toString())
                .agent("period=off")
                .start(
                        FaultProgram.class,
                        "agent=on",
                        "await=" + changed,
                        "follow=" + folder.resolve("pid"),
                        "await=" + moved,
                        "follow=" + folder.resolve("pid"))) {
            jvm.awaitLine("awaiting " + changed);
            Files.writeString(clock, seconds);
            try (Unshared young = Unshared.start()) {
                Files.writeString(folder.resolve("pid"), Long.toString(young.initPid()));
                Files.createFile(changed);
                jvm.awaitLine("awaiting " + moved);
                Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(young.initPid()));
                Files.createFile(moved);
                Outcome outcome = jvm.join();

                assertThat(outcome.err()).isEmpty();
                assertThat(outcome.out().stream().filter(line -> line.startsWith("resolve ")))
                        .containsExactly("resolve namespace " + init(young), "resolve container " + init(young));
            }
        } finally {
            removeCgroup(cgroup);
        }
    }

    private static String init(Unshared namespace) {
        return "Known[pid=" + namespace.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]";
    }

    private static void removeCgroup(Path cgroup) throws Exception {
        for (Path path = cgroup; !path.endsWith("pids"); path = path.getParent()) {
            Cgroups.remove(path);
        }
    }
}
