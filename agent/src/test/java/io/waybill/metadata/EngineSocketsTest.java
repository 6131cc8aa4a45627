// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service of HTTP on a Unix socket, where the engine's is. */
class EngineSocketsTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final Wanted WANTED = new Wanted(ContainerRuntime.DOCKER, ID, Wanted.NO_USER, List.of());

    /** A short path: a socket's may have 107 bytes. */
    @TempDir
    private Path root = Path.of("");

    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        Files.createDirectories(root.resolve("run/podman"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void theEngineIsAskedForTheContainer() throws Exception {
        CompletableFuture<String> asked = answer(
                "run/docker.sock",
                request -> "HTTP/1.0 200 OK\r\n\r\n{\"Id\":\"" + ID
                        + "\",\"Name\":\"/web\",\"State\":{\"Pid\":4711},\"Config\":{\"Image\":\"nginx:1\","
                        + "\"Labels\":{\"com.docker.compose.service\":\"web\",\"secret\":\"x\"}}}");

        Lookup lookup = new RuntimeStates(root, patient()).find(WANTED);

        assertThat(asked.get()).startsWith("GET /containers/" + ID + "/json HTTP/1.0\r\n");
        assertThat(lookup).isInstanceOfSatisfying(Lookup.Found.class, found -> {
            assertThat(found.container().name()).isEqualTo("web");
            assertThat(found.container().image()).isEqualTo("nginx:1");
            assertThat(found.container().labels()).containsOnlyKeys("com.docker.compose.service");
            assertThat(found.container().init().pid()).isEqualTo(4711);
            assertThat(found.container().isAnswered()).isTrue();
        });
    }

    @Test
    void theEngineIsNotAskedUnlessThatIsAllowed() throws Exception {
        server.bind(UnixDomainSocketAddress.of(root.resolve("run/docker.sock")));
        server.configureBlocking(false);

        Lookup lookup = new RuntimeStates(root, false).find(WANTED);

        assertThat(lookup).isInstanceOf(Lookup.NoState.class);
        assertThat(server.accept()).isNull();
    }

    @Test
    void aContainerThatTheEngineDoesNotKnowIsUnknown() throws Exception {
        answer("run/docker.sock", request -> "HTTP/1.0 404 Not Found\r\n\r\n{\"message\":\"No such container\"}");

        assertThat(patient().find(WANTED)).isInstanceOf(Lookup.Unknown.class);
    }

    @Test
    void anAnswerAboutAnotherContainerIsNone() throws Exception {
        answer("run/docker.sock", request -> "HTTP/1.0 200 OK\r\n\r\n{\"Id\":\"other\"}");

        assertThat(patient().find(WANTED)).isInstanceOf(Lookup.Unreadable.class);
    }

    @Test
    void aSilentEngineIsNotWaitedFor() throws Exception {
        server.bind(UnixDomainSocketAddress.of(root.resolve("run/docker.sock")));

        assertThat(new EngineSockets(root).find(WANTED))
                .isEqualTo(new Lookup.Unreadable(root.resolve("run/docker.sock") + ": no answer in time"));
    }

    @Test
    void anEngineThatHangsIsLeftAloneForAWhile() throws Exception {
        Path socket = root.resolve("run/docker.sock");
        server.bind(UnixDomainSocketAddress.of(socket));
        AtomicLong now = new AtomicLong();
        EngineSockets sockets = new EngineSockets(root, Duration.ofMillis(500), now::get);
        sockets.find(WANTED);

        Lookup second = sockets.find(WANTED);
        server.accept().close();
        server.configureBlocking(false);
        assertThat(server.accept()).as("a second question").isNull();
        now.addAndGet(TimeUnit.SECONDS.toNanos(31));
        Lookup third = sockets.find(WANTED);

        assertThat(second).isEqualTo(new Lookup.Unreadable(socket + ": gave no answer in time to an earlier question"));
        assertThat(third).isEqualTo(new Lookup.Unreadable(socket + ": no answer in time"));
    }

    @Test
    void whatFilesDoNotTellIsExplainedByTheSocketToo() throws Exception {
        server.bind(UnixDomainSocketAddress.of(root.resolve("run/docker.sock")));

        assertThat(new RuntimeStates(root, true).find(WANTED))
                .isEqualTo(new Lookup.Unreadable(root.resolve("run/docker.sock") + ": no answer in time"));
    }

    @Test
    void aUsersSocketIsNotFollowedElsewhere() throws Exception {
        int user = (Integer) Files.getAttribute(root, "unix:uid");
        Path own = Files.createDirectories(root.resolve("run/user/" + user));
        Path elsewhere = root.resolve("run/elsewhere.sock");
        server.bind(UnixDomainSocketAddress.of(elsewhere));
        server.configureBlocking(false);
        Files.createSymbolicLink(own.resolve("docker.sock"), elsewhere);

        Lookup lookup = new EngineSockets(root).find(new Wanted(ContainerRuntime.DOCKER, ID, user, List.of()));

        assertThat(lookup)
                .isInstanceOfSatisfying(
                        Lookup.Unreadable.class,
                        none -> assertThat(none.reason()).endsWith("docker.sock: not a socket of user " + user));
        assertThat(server.accept()).isNull();
    }

    @Test
    void aUsersEngineIsSaidToBeHis() throws Exception {
        int user = (Integer) Files.getAttribute(root, "unix:uid");
        Files.createDirectories(root.resolve("run/user/" + user));
        answer(
                "run/user/" + user + "/docker.sock",
                request -> "HTTP/1.0 200 OK\r\n\r\n{\"Id\":\"" + ID + "\",\"Name\":\"/web\"}");

        Lookup lookup = patient().find(new Wanted(ContainerRuntime.DOCKER, ID, user, List.of()));

        assertThat(lookup)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.container().user()).isEqualTo(user));
    }

    @Test
    void anEndlessAnswerIsCutOff() throws Exception {
        answer("run/docker.sock", request -> "HTTP/1.0 200 OK\r\n\r\n" + "x".repeat(2 << 20));

        assertThat(patient().find(WANTED))
                .isInstanceOfSatisfying(
                        Lookup.Unreadable.class,
                        none -> assertThat(none.reason()).contains("larger than"));
    }

    @Test
    void withoutAnEngineThereIsNothingToAsk() {
        assertThat(new EngineSockets(root).find(WANTED)).isInstanceOf(Lookup.NoState.class);
    }

    @Test
    void podmanIsAskedForTheLabelsThatItKeepsInItsDatabaseOnly() throws Exception {
        Path userdata = Files.createDirectories(
                root.resolve("var/lib/containers/storage/overlay-containers/" + ID + "/userdata"));
        Files.writeString(userdata.resolve("config.json"), "{\"annotations\":{\"io.container.manager\":\"libpod\"}}");
        answer(
                "run/podman/podman.sock",
                request -> "HTTP/1.0 200 OK\r\n\r\n{\"Id\":\"" + ID
                        + "\",\"Config\":{\"Labels\":{\"io.podman.compose.project\":\"shop\"}}}");

        Lookup lookup = new RuntimeStates(root, patient())
                .find(new Wanted(ContainerRuntime.PODMAN, ID, Wanted.NO_USER, List.of()));

        assertThat(lookup)
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.container().labels())
                                .containsEntry("io.podman.compose.project", "shop"));
    }

    /** It waits for an answer that is certain to come, however busy the machine is. */
    private EngineSockets patient() {
        return new EngineSockets(root, Duration.ofMinutes(2), System::nanoTime);
    }

    /** Answers the first who asks; the future has what was asked. */
    private CompletableFuture<String> answer(String socket, UnaryOperator<String> answer) throws IOException {
        server.bind(UnixDomainSocketAddress.of(root.resolve(socket)));
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel client = server.accept()) {
                ByteBuffer in = ByteBuffer.allocate(4096);
                client.read(in);
                String request = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
                ByteBuffer out = ByteBuffer.wrap(answer.apply(request).getBytes(StandardCharsets.UTF_8));
                while (out.hasRemaining()) {
                    client.write(out);
                }
                return request;
            } catch (IOException e) {
                return e.toString(); // the client hung up on an endless answer
            }
        });
    }
}
