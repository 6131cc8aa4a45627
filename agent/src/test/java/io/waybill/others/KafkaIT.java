// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker of Kafka that is its own controller, with its producer and its consumer. */
class KafkaIT {
    @TempDir
    private Path folder;

    private String jars;
    private Path records;

    @BeforeEach
    void formatStorage() throws Exception {
        List<Path> all = Stock.jars("kafka");
        jars = all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        records = Sources.compile("Records", folder.resolve("client"), all);
        Path formatted = Files.createDirectories(folder.resolve("formatted"));
        Outcome outcome = ChildJvm.on(Jdk.oldest())
                .runCommand(
                        "-cp",
                        jars,
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        "MkU3OEVBNTcwNTJENDM2Qk",
                        "-c",
                        settings(formatted, 1).toString());
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    }

    @OnBothJdks
    void keepsARecord(Jdk jdk) throws Exception {
        try (Comparison both = Comparison.of(
                ServingJvm.start(jdk, folder, List.of(), this::command),
                ServingJvm.start(jdk, folder, List.of(OtherAgent.WAYBILL), this::command))) {
            for (ServingJvm each : List.of(both.without(), both.with())) {
                Outcome client = ChildJvm.on(jdk)
                        .runCommand("-cp", jars + File.pathSeparator + records, "Records", "127.0.0.1:" + each.port());
                assertThat(client.out()).as(client.toString()).contains("consumed hello");
            }
            both.checkBeans("kafka.server:type=app-info,*");

            both.checkLogs();
        }
    }

    private List<String> command(Path own, int port) throws IOException {
        Stock.copy(folder.resolve("formatted/log"), own.resolve("log"));
        return List.of(
                "-Dlog4j2.level=WARN",
                "-cp",
                jars,
                "kafka.Kafka",
                settings(own, port).toString());
    }

    private static Path settings(Path own, int port) throws IOException {
        int controller = Ports.free();
        return Files.write(
                own.resolve("server.properties"),
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + controller,
                        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                        "controller.listener.names=CONTROLLER",
                        "log.dirs=" + own.resolve("log"),
                        "num.partitions=1",
                        "offsets.topic.replication.factor=1"));
    }
}
