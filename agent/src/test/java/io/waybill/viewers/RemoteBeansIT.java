// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.Ports;
import io.waybill.testing.RunningJvm;
import io.waybill.viewers.program.ConsoleProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What a console in another JVM sees of the beans, over a connector that asks for a password and speaks TLS. */
class RemoteBeansIT {
    private static final String KEYS = "[containerId, containerName, initPid, pidNamespace, runtime]";

    @TempDir
    private Path folder;

    @OnBothJdks
    void descriptionsScopesAndNotificationsComeOver(Jdk jdk) throws Exception {
        int port = Ports.free();
        try (LimitedContainer stays = LimitedContainer.sleeping();
                RunningJvm watched = WatchedJvm.start(
                        WatchedJvm.with(jdk).options(WatchedJvm.guardedConnector(port, folder)), stays.initPid());
                RunningJvm console = ChildJvm.on(jdk)
                        .options(WatchedJvm.trust(folder))
                        .start(
                                ConsoleProgram.class,
                                Integer.toString(port),
                                WatchedJvm.USER,
                                WatchedJvm.PASSWORD,
                                stays.id().replaceFirst("[0-9]+$", ""))) {
            console.awaitLine("subscribed");
            String goes;
            String started;
            try (LimitedContainer container = LimitedContainer.sleeping()) {
                goes = container.id();
                started = "Container " + goes + " started, init " + container.initPid();
                console.awaitLine("io.waybill.container.started from ");
            }
            Outcome outcome = console.join();

            assertThat(outcome.err()).allMatch(RemoteBeansIT::isOfTheJdk);
            assertThat(outcome.out())
                    .contains("io.waybill.container.started from io.waybill:type=Containers: " + started + " " + KEYS)
                    .anyMatch(
                            line -> line.matches("io\\.waybill\\.container\\.ended from io\\.waybill:type=Containers: "
                                    + "Container " + goes + " ended after [0-9]+ s \\Q" + KEYS + "\\E"))
                    .contains("declared com.acme.Server#handle(pid:0)", "removed true, false")
                    .contains("refused \"Server#\", at 7: the name of a method is expected, but here it ends");
            assertDescribed(outcome.out());
            watched.terminate();
            assertThat(watched.join().err()).allMatch(RemoteBeansIT::isOfTheJdk);
        }
    }

    /** What the JDK says of itself, at either end, where a connection is closed while notifications are asked for. */
    private static boolean isOfTheJdk(String line) {
        return line.contains("ServerCommunicatorAdmin reqIncoming")
                || line.equals("WARNING: The server has decided to close this client connection.");
    }

    /** Impacts: 0 answers, 1 changes something, 2 does both. */
    private static void assertDescribed(List<String> lines) {
        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith("Containers.resolve(pid, a process id as this JVM sees it) 0: Finds "))
                .anyMatch(line -> line.startsWith("Containers.refresh() 1: Looks "))
                .anyMatch(
                        line -> line.startsWith("Scopes.add(declaration, such as com.acme.") && line.contains(") 1: "))
                .anyMatch(line -> line.startsWith("Scopes.remove(declaration, as it was declared) 2: Takes "))
                .contains("Containers sends io.waybill.container.started, io.waybill.container.ended: "
                        + "A container started or ended");
        List<String> attributes = lines.stream()
                .filter(line -> line.matches("(Containers|Self|Resolver|Scopes|Container)\\.[A-Za-z]+: .*"))
                .toList();
        assertThat(attributes).hasSizeGreaterThan(40).allSatisfy(line -> {
            String name = line.substring(line.indexOf('.') + 1, line.indexOf(": "));
            assertThat(line.substring(line.indexOf(": ") + 2)).contains(" ").isNotEqualTo(name);
        });
    }
}
