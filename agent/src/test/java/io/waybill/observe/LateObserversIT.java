// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.AttachedProgram;
import io.waybill.observe.program.AttachingProgram;
import io.waybill.observe.program.PeersProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.HostedContainer;
import io.waybill.testing.Jdk;
import io.waybill.testing.Needs;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import io.waybill.testing.SeccompFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Who connects to a Unix-domain socket of the JVM, and whom it attaches to. */
class LateObserversIT {
    /** Connects and waits until it is hung up. */
    private static final String CLIENT = "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => shift); <$s>;";

    @TempDir
    private Path folder;

    @OnBothJdks
    void aClientInAContainerIsObservedAndToldToTheServer(Jdk jdk) throws Exception {
        checkPeers(host(jdk));
    }

    /** On newer kernels a filter takes the option away. */
    @OnBothJdks
    void soItIsBeforeLinuxHeldPeers(Jdk jdk) throws Exception {
        Needs.root();
        int soPeerPidFd = 77;

        List<String> out =
                checkPeers(SeccompFilter.withoutSocketOption(soPeerPidFd).on(host(jdk), folder));

        assertThat(out)
                .filteredOn(line -> line.startsWith("ended "))
                .singleElement()
                .asString()
                .startsWith("ended Gone")
                .doesNotContain("after it had connected"); // which only a peer that the kernel holds can tell
    }

    private List<String> checkPeers(ChildJvm host) throws Exception {
        String socket = folder.resolve("s").toString();
        try (RunningJvm server = host.start(PeersProgram.class, socket, "1")) {
            server.awaitLine("ready");
            try (HostedContainer client = HostedContainer.running(folder, "perl", "-e", CLIENT, socket)) {
                Outcome outcome = server.join();

                assertThat(outcome.err()).isEmpty();
                assertThat(outcome.out())
                        .filteredOn(line -> line.startsWith("peer "))
                        .singleElement()
                        .asString()
                        .startsWith("peer " + client.initPid() + " ");
                String pid = outcome.out().get(0).split(" ")[1];
                String own = pid + " own namespace";
                assertThat(outcome.out().get(0)).isEqualTo("own " + own + " " + own);
                assertThat(outcome.out().get(1)).contains("is no open Unix-domain channel of a known kind");
                assertThat(outcome.out().get(2)).startsWith("network true Unanswered");
                assertThat(outcome.out().get(3)).startsWith("ended Gone");
                assertThat(outcome.out())
                        .filteredOn(line -> line.startsWith("observed "))
                        .contains("observed " + pid + " ", "observed " + client.initPid() + " " + client.id());
                return outcome.out();
            }
        }
    }

    @OnBothJdks
    void theFirstAttachIsObservedAndEveryOther(Jdk jdk) throws Exception {
        checkAttach(jdk, host(jdk));
    }

    @OnBothJdks
    void soItIsWhereTheJvmHadAttachedBeforeTheAgentCame(Jdk jdk) throws Exception {
        ChildJvm host = ChildJvm.on(jdk)
                .classPath(AgentJar.built())
                .options(
                        "-Xlog:jfr+startup=off", "-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading");

        checkAttach(jdk, host, AgentJar.built().toString());
    }

    private static void checkAttach(Jdk jdk, ChildJvm host, String... more) throws Exception {
        try (RunningJvm target = ChildJvm.on(jdk).start(AttachedProgram.class)) {
            target.awaitLine("ready");
            String pid = Long.toString(target.pid());

            Outcome outcome = host.run(
                    AttachingProgram.class,
                    Stream.concat(Stream.of(pid), Stream.of(more)).toArray(String[]::new));

            assertThat(outcome.err()).isEmpty();
            String observed = "observed " + pid + " ";
            assertThat(outcome.out()).containsExactly("attached to " + pid, "refused", observed, observed);
        }
    }

    @OnBothJdks
    void withoutAnAttachItsClassIsNotLoaded(Jdk jdk) throws Exception {
        Path log = folder.resolve("log");

        Outcome outcome = host(jdk)
                .options("-Xlog:class+load:file=" + log)
                .run(PeersProgram.class, folder.resolve("s").toString(), "0");

        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readString(log))
                .contains("sun.nio.ch.ServerSocketChannelImpl ")
                .doesNotContain("tools.attach");
    }

    private static ChildJvm host(Jdk jdk) {
        return ChildJvm.on(jdk).options("-Xlog:jfr+startup=off").agent("");
    }
}
