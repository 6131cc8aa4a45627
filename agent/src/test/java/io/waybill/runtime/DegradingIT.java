// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.runtime.program.DegradedProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.SeccompFilter;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each condition is really made; the application works, a lower way works, and stderr has one line at most. */
class DegradingIT {
    private static final int PIDFD_OPEN = 434;
    private static final int NSFS = 0xb7;
    private static final int PIDFS = 0xff;
    private static final String NOBODY = "65534";

    @TempDir
    private Path folder;

    private Unshared namespace;
    private Path jar;

    @BeforeEach
    void shareWithEverybody() throws IOException {
        Needs.root();
        namespace = Unshared.start();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        jar = Files.copy(AgentJar.built(), folder.resolve("waybill-agent.jar"));
    }

    @AfterEach
    void end() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @OnBothJdks
    void anotherUserIsRefusedAndSaysWhy(Jdk jdk) throws Exception {
        Outcome outcome =
                degraded(ChildJvm.on(jdk).startedBy("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("outcome refused", "init 0", "child 0");
        assertThat(outcome.out().get(4)).contains("CAP_SYS_PTRACE");
    }

    @OnBothJdks
    void withoutPidfdsProcessesAreToldByTheirStartTime(Jdk jdk) throws Exception {
        Outcome outcome = degraded(SeccompFilter.forbidding(PIDFD_OPEN).on(ChildJvm.on(jdk), folder));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("guard start time", "outcome namespace", initIsFound(), "child 0");
    }

    @OnBothJdks
    void withoutIoctlsInitIsFoundInProc(Jdk jdk) throws Exception {
        int ioctl = System.getProperty("os.arch").equals("aarch64") ? 29 : 16;
        Outcome outcome =
                degraded(SeccompFilter.forbiddingIoctls(ioctl, NSFS, PIDFS).on(ChildJvm.on(jdk), folder));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("way /proc", "outcome namespace", initIsFound(), "child 0");
    }

    @OnBothJdks
    void withNowhereToUnpackALibraryProcIsEnough(Jdk jdk) throws Exception {
        Path noExec = Files.createDirectory(folder.resolve("noexec"));
        Outcome outcome = degraded(ChildJvm.on(jdk)
                .startedBy(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o noexec tmpfs " + noExec + " && exec \"$@\"",
                        "sh")
                .options("-Duser.home=" + noExec, "-Djava.io.tmpdir=" + noExec));

        if (jdk.feature() < 22) {
            assertThat(outcome.err())
                    .singleElement()
                    .asString()
                    .startsWith("waybill: no system calls can be made, so inits are found by /proc alone: ");
            assertThat(outcome.out()).contains("way /proc", "guard start time");
        } else {
            assertThat(outcome.err()).isEmpty();
        }
        assertThat(outcome.out()).contains("outcome namespace", initIsFound(), "child 0");
    }

    @OnBothJdks
    void withHiddenProcessesTheOthersAreGone(Jdk jdk) throws Exception {
        Outcome outcome = degraded(ChildJvm.on(jdk)
                .startedBy(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid " + NOBODY + " --regid " + NOBODY
                                + " --clear-groups \"$@\"",
                        "sh"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("outcome refused", "child 0");
    }

    @OnBothJdks
    void aProcOfAnotherNamespaceIsNotRead(Jdk jdk) throws Exception {
        Outcome outcome = degraded(ChildJvm.on(jdk).startedBy("unshare", "--pid", "--fork", "--kill-child"), 1);

        assertThat(outcome.err())
                .singleElement()
                .asString()
                .startsWith("waybill: /proc was mounted for another pid namespace");
        assertThat(outcome.out()).contains("child 0");
        assertThat(outcome.out()).containsAnyOf("outcome own namespace", "outcome refused");
    }

    private String initIsFound() {
        return "init " + namespace.initPid();
    }

    private Outcome degraded(ChildJvm jvm) throws Exception {
        return degraded(jvm, namespace.initPid());
    }

    private Outcome degraded(ChildJvm jvm, long pid) throws Exception {
        Path classes = folder.resolve("classes");
        copy(ChildJvm.testClasses(), classes);
        Outcome outcome = jvm.agent(jar, "children=eager")
                .runCommand("-cp", classes.toString(), DegradedProgram.class.getName(), Long.toString(pid));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith("DegradedProgram.class")) {
                    Path target = to.resolve(from.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
