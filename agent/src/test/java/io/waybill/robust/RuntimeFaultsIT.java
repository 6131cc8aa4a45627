// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.robust.program.FaultProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What a container's runtime keeps is broken: the container is known all the same, and its answer says what is missing. */
class RuntimeFaultsIT {
    @TempDir
    private Path folder;

    private DockerLookalike container;

    @BeforeEach
    void start() throws Exception {
        container = DockerLookalike.running(folder, "sh", "-c", "echo ready; read wait");
    }

    @AfterEach
    void end() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    @OnBothJdks
    void aSocketThatHangsHoldsNobodyUp(Jdk jdk) throws Exception {
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(container.socket()));

            assertThat(said(jdk, ",runtime.api=on")).contains("runtime=DOCKER", "no answer in time");
        }
    }

    @OnBothJdks
    void aStateThatIsWholeNamesTheContainer(Jdk jdk) throws Exception {
        container.keep(container.config(""));

        assertThat(said(jdk, "")).contains("name=web,", "image=lab:1,");
    }

    @OnBothJdks
    void aStateThatIsHalfWrittenNamesNothingAndSaysSo(Jdk jdk) throws Exception {
        String whole = container.config("");
        container.keep(whole.substring(0, whole.length() - 20));

        assertThat(said(jdk, "")).contains("name=null,", "not a whole JSON object");
    }

    /** While it is young it is looked for again in any case. */
    @OnBothJdks
    void aStateThatBecomesWholeLaterNamesTheContainerThen(Jdk jdk) throws Exception {
        String whole = container.config("");
        container.keep(whole.substring(0, whole.length() - 20));
        String recording = "-XX:StartFlightRecording=filename=" + folder.resolve("r.jfr");
        try (RunningJvm jvm = ChildJvm.on(jdk)
                .startedBy(container.prefix())
                .options("-Xmx64m", recording)
                .agent("period=100ms")
                .start(
                        FaultProgram.class,
                        "agent=on",
                        "rest=3000",
                        "looks=4",
                        "bean=" + container.initPid(),
                        "called=web")) {
            assertThat(jvm.awaitLine("bean ")).contains(DockerLookalike.ID);
            container.keep(whole);

            assertThat(jvm.awaitLine("called ")).isEqualTo("called web");
        }
    }

    /** Who opens one waits for a writer, who never comes. */
    @OnBothJdks
    void aFifoInPlaceOfTheStateHoldsNobodyUp(Jdk jdk) throws Exception {
        container.keepFifo();

        assertThat(said(jdk, "")).contains("name=null,", "not a regular file");
    }

    @OnBothJdks
    void aLinkInPlaceOfTheStateIsNotFollowed(Jdk jdk) throws Exception {
        container.keepLinkTo(Files.writeString(folder.resolve("elsewhere"), container.config("")));

        assertThat(said(jdk, "")).contains("name=null,", "not a regular file");
    }

    /** A name of a megabyte is read, and cut. */
    @OnBothJdks
    void aStateOfAMegabyteIsCut(Jdk jdk) throws Exception {
        container.keep(container.config("").replace("web", "w".repeat(1_000_000)));

        assertThat(said(jdk, "")).contains("name=www").doesNotContain("w".repeat(300));
    }

    @OnBothJdks
    void aStateOfAHundredMegabytesIsNotRead(Jdk jdk) throws Exception {
        container.keep(container.config("\"com.docker.compose.project\":\"" + "x".repeat(100 << 20) + "\""));

        assertThat(said(jdk, "")).contains("name=null,", "larger than");
    }

    /** What the agent answers once the container is in the table, by when its names have been looked for. */
    private String said(Jdk jdk, String options) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .startedBy(container.prefix())
                .options("-Xmx64m")
                .agent("period=100ms" + options)
                .run(
                        FaultProgram.class,
                        "agent=on",
                        "resolve=" + container.initPid(),
                        "child",
                        "identity=" + container.initPid());

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("child 0")
                .contains("resolve container Known[pid=" + container.initPid() + ", way=NS_GET_TGID_FROM_PIDNS]");
        String said = outcome.out().stream()
                .filter(line -> line.startsWith("identity "))
                .findFirst()
                .orElseThrow();
        assertThat(said).contains("id=" + DockerLookalike.ID);
        return said;
    }
}
