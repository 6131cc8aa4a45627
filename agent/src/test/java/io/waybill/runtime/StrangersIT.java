// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.Ports;
import io.waybill.testing.RunningJvm;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are not ours behave with the agent as they do without, and stderr has not one line of it. */
class StrangersIT {
    @TempDir
    private Path folder;

    @OnBothJdks
    void theEclipseCompilerCompiles(Jdk jdk) throws Exception {
        Path source = Files.writeString(folder.resolve("Hello.java"), "class Hello { String hello = \"hello\"; }");

        for (boolean agent : new boolean[] {false, true}) {
            Path classes = folder.resolve("classes-" + agent);
            Outcome outcome = jvm(jdk, agent)
                    .runCommand("-jar", stranger("ecj"), "-17", "-d", classes.toString(), source.toString());

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.exitCode()).isZero();
            assertThat(classes.resolve("Hello.class")).exists();
        }
        assertThat(folder.resolve("classes-true/Hello.class"))
                .hasSameBinaryContentAs(folder.resolve("classes-false/Hello.class"));
    }

    @OnBothJdks
    void theServerOfH2Serves(Jdk jdk) throws Exception {
        try (RunningJvm server = jvm(jdk, true)
                .startCommand(
                        "-cp",
                        stranger("h2"),
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        "0",
                        "-ifNotExists",
                        "-baseDir",
                        folder.toString())) {
            String started = server.awaitLine("TCP server running at");
            String address = started.replaceFirst(".*(tcp://[^ ]+).*", "$1");
            Outcome client = ChildJvm.on(jdk)
                    .runCommand(
                            "-cp",
                            stranger("h2"),
                            "org.h2.tools.Shell",
                            "-url",
                            "jdbc:h2:" + address + "/test",
                            "-user",
                            "sa",
                            "-sql",
                            "SELECT 6 * 7 AS ANSWER");

            assertThat(client.out()).anyMatch(line -> line.strip().equals("42"));
            server.terminate();
            assertThat(server.join().err()).isEmpty();
        }
    }

    @OnBothJdks
    void jettyServesAndLogsAsWithoutTheAgent(Jdk jdk) throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("hello.txt"), "hello");

        List<String> without = logOfJetty(jdk, files, false);
        List<String> with = logOfJetty(jdk, files, true);

        assertThat(with).isEqualTo(without);
    }

    /** What Jetty writes to standard error, without the port, which differs from run to run. */
    private List<String> logOfJetty(Jdk jdk, Path files, boolean agent) throws Exception {
        String port = Integer.toString(Ports.free());
        try (RunningJvm jetty =
                jvm(jdk, agent).startCommand("-jar", stranger("jetty-runner"), "--port", port, files.toString())) {
            assertThat(get("http://localhost:" + port + "/hello.txt")).isEqualTo("hello");
            jetty.terminate();
            return jetty.join().err().stream()
                    .map(line -> line.replace(port, "PORT"))
                    .toList();
        }
    }

    /** Tries until the server has opened its port. */
    private static String get(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (ConnectException e) {
                assertThat(System.nanoTime()).as(address).isLessThan(end);
                Thread.sleep(20);
            }
        }
    }

    private static ChildJvm jvm(Jdk jdk, boolean agent) {
        ChildJvm jvm = ChildJvm.on(jdk);
        return agent ? jvm.agent("period=200ms") : jvm;
    }

    private static String stranger(String name) {
        return Objects.requireNonNull(System.getProperty("waybill.test.strangers")) + "/" + name + ".jar";
    }
}
