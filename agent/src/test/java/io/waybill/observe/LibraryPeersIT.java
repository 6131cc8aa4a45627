// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.observe.program.GrpcPeersProgram;
import io.waybill.observe.program.JunixsocketPeersProgram;
import io.waybill.observe.program.NettyPeersProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.HostedContainer;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.RunningJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Who connects to a Unix-domain socket that a library serves through native code of its own. */
class LibraryPeersIT {
    /** Connects and waits until it is hung up. */
    private static final String CLIENT = "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => shift); <$s>;";

    @TempDir
    private Path folder;

    @OnBothJdks
    void aClientOfNettyIsObservedAndToldToTheServer(Jdk jdk) throws Exception {
        check(jdk, "/io/netty/", NettyPeersProgram.class, "afterwards");
    }

    @OnBothJdks
    void aClientOfANettyThatWasThereBeforeTheAgentIsToo(Jdk jdk) throws Exception {
        check(jdk, "/io/netty/", NettyPeersProgram.class, "first");
    }

    @OnBothJdks
    void aClientOfARelocatedNettyIsToo(Jdk jdk) throws Exception {
        check(jdk, "/grpc-netty-shaded/", GrpcPeersProgram.class, "afterwards");
    }

    @OnBothJdks
    void aClientOfASocketOfJunixsocketIsToo(Jdk jdk) throws Exception {
        check(jdk, "/junixsocket/", JunixsocketPeersProgram.class, "afterwards", "sockets");
    }

    @OnBothJdks
    void aClientOfAChannelOfJunixsocketIsToo(Jdk jdk) throws Exception {
        check(jdk, "/junixsocket/", JunixsocketPeersProgram.class, "first", "channels");
    }

    private void check(Jdk jdk, String libraries, Class<?> program, String... more) throws Exception {
        String socket = folder.resolve("s").toString();
        String[] arguments = Stream.concat(Stream.of(socket), Stream.of(more)).toArray(String[]::new);
        try (RunningJvm server = host(jdk).classPath(jars(libraries)).start(program, arguments)) {
            server.awaitLine("ready");
            try (HostedContainer client = HostedContainer.running(folder, "perl", "-e", CLIENT, socket)) {
                Outcome outcome = server.join();

                assertThat(outcome.err()).isEmpty();
                assertThat(outcome.out())
                        .containsExactly(
                                "ready",
                                "observed " + client.initPid() + " " + client.id(),
                                "peer " + client.initPid() + " " + client.id());
            }
        }
    }

    private static ChildJvm host(Jdk jdk) {
        ChildJvm jvm = ChildJvm.on(jdk).options("-Xlog:jfr+startup=off").agent("");
        return jdk.feature() < 24
                ? jvm
                : jvm.options("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** Those on the class path of the tests that lie in such a folder of Maven's. */
    private static Path[] jars(String folder) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.contains(folder) && each.endsWith(".jar"))
                .map(Path::of)
                .toArray(Path[]::new);
    }
}
