// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LandlockDomain;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the agent sees under which rights: the table of the README, row by row. The process asked about is root's. */
class RightsIT {
    private static final String[] NOBODY = {"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"};

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
        Path classes = folder.resolve("classes");
        Path programs = Path.of("io/waybill/robust/program");
        Files.createDirectories(classes.resolve(programs));
        try (Stream<Path> files = Files.list(ChildJvm.testClasses().resolve(programs))) {
            for (Path file : files.toList()) {
                Files.copy(file, classes.resolve(programs).resolve(file.getFileName()));
            }
        }
    }

    @AfterEach
    void end() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @OnBothJdks
    void rootSeesTheInit(Jdk jdk) throws Exception {
        assertThat(answer(ChildJvm.on(jdk))).isEqualTo(found());
    }

    @OnBothJdks
    void theRightToTraceIsEnough(Jdk jdk) throws Exception {
        String[] command = Stream.concat(
                        Stream.of(NOBODY),
                        Stream.of("--inh-caps", "-all,+sys_ptrace", "--ambient-caps", "-all,+sys_ptrace"))
                .toArray(String[]::new);

        assertThat(answer(ChildJvm.on(jdk).startedBy(command))).isEqualTo(found());
    }

    @OnBothJdks
    void theProcesssOwnUserSeesTheInit(Jdk jdk) throws Exception {
        namespace.close();
        namespace = Unshared.running(Stream.concat(Stream.of(NOBODY), Stream.of("sh", "-c", "echo ready; read wait"))
                .toArray(String[]::new));

        assertThat(answer(ChildJvm.on(jdk).startedBy(NOBODY))).isEqualTo(found());
    }

    @OnBothJdks
    void anotherUserIsToldWhichRightIsMissing(Jdk jdk) throws Exception {
        assertThat(answer(ChildJvm.on(jdk).startedBy(NOBODY))).contains("Refused", "CAP_SYS_PTRACE");
    }

    @OnBothJdks
    void rootWithoutCapabilitiesIsToldTheSame(Jdk jdk) throws Exception {
        String[] command = {"setpriv", "--bounding-set", "-all", "--inh-caps", "-all", "--no-new-privs"};

        assertThat(answer(ChildJvm.on(jdk).startedBy(command))).contains("Refused", "CAP_SYS_PTRACE");
    }

    @OnBothJdks
    void rootOfAUserNamespaceIsNoRoot(Jdk jdk) throws Exception {
        assertThat(answer(ChildJvm.on(jdk).startedBy("unshare", "--user", "--map-root-user")))
                .contains("Refused", "CAP_SYS_PTRACE", "own user namespace only");
    }

    @OnBothJdks
    void aSecurityModuleStandsAboveRoot(Jdk jdk) throws Exception {
        assertThat(answer(LandlockDomain.of(ChildJvm.on(jdk)))).contains("Refused", "security module");
    }

    @OnBothJdks
    void insideAContainerOthersAreNotThere(Jdk jdk) throws Exception {
        ChildJvm inside = ChildJvm.on(jdk).startedBy("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");

        assertThat(answer(inside)).startsWith("Gone");
    }

    @OnBothJdks
    void aBeanSaysNoMoreThanItsJvmMaySee(Jdk jdk) throws Exception {
        Outcome outcome = run(ChildJvm.on(jdk).startedBy(NOBODY), "bean=" + namespace.initPid());

        assertThat(outcome.out()).last().asString().isEqualTo("done");
        String said = outcome.out().get(outcome.out().size() - 2);
        assertThat(said)
                .startsWith("bean ")
                .contains("outcome=refused", "CAP_SYS_PTRACE", "initPid=0,", "pidNamespace=0,");
        assertThat(said).doesNotContain(Long.toString(Unshared.inodeOf(namespace.initPid())));
    }

    /**
     * The one socket is the kernel's process connector, of a JVM that may have it and records; it accepts nobody. The JDK
     * has a pair of its own to close channels with.
     */
    @OnBothJdks
    void nothingListens(Jdk jdk) throws Exception {
        Outcome without = ChildJvm.on(jdk).classPath(jar).run(FaultProgram.class, "agent=off", "sockets");
        Outcome idle = run(ChildJvm.on(jdk), "sockets");
        Outcome recording = run(
                ChildJvm.on(jdk).options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording"),
                "bean=1",
                "rest=300",
                "sockets");

        assertThat(without.out()).containsAnyOf("sockets []", "sockets [unix]");
        assertThat(idle.out()).containsAnyOf("sockets []", "sockets [unix]");
        assertThat(recording.out()).anyMatch(line -> line.matches("sockets \\[(netlink)?(, )?(unix)?\\]"));
    }

    private String answer(ChildJvm jvm) throws Exception {
        return run(jvm, "resolve=" + namespace.initPid()).out().stream()
                .filter(line -> line.startsWith("resolve "))
                .findFirst()
                .orElseThrow()
                .substring("resolve ".length());
    }

    private Outcome run(ChildJvm jvm, String... verbs) throws Exception {
        String[] command = {"-cp", folder.resolve("classes").toString(), FaultProgram.class.getName(), "agent=on"};
        Outcome outcome = jvm.agent(jar, "period=100ms")
                .runCommand(Stream.of(command, verbs).flatMap(Stream::of).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        return outcome;
    }

    private String found() {
        return "namespace Known[pid=" + namespace.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]";
    }
}
