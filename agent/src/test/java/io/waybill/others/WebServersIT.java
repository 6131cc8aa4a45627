// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An application in a war, with its own JNA and its own API of Waybill, runs with the agent as it does without. */
class WebServersIT {
    @TempDir
    private Path folder;

    private Path war;

    @BeforeEach
    void packWar() throws Exception {
        war = War.pack(folder, "app.war");
    }

    @OnBothJdks
    void inTomcat(Jdk jdk) throws Exception {
        serves(start(jdk, Tomcat.serving(war)), "/app/host", "Catalina:type=Server");
    }

    @OnBothJdks
    void inTomcatBesideOpenTelemetry(Jdk jdk) throws Exception {
        ServingJvm.Application application = Tomcat.serving(war);
        List<OtherAgent> others = List.of(OtherAgent.OPEN_TELEMETRY);
        List<OtherAgent> all = List.of(OtherAgent.WAYBILL, OtherAgent.OPEN_TELEMETRY);
        Comparison both = Comparison.of(
                ServingJvm.start(jdk, folder, others, application), ServingJvm.start(jdk, folder, all, application));
        serves(both, "/app/host", "Catalina:type=Server");
    }

    @OnBothJdks
    void inJetty(Jdk jdk) throws Exception {
        String runner = Stock.jar("jetty-ee10-runner").toString();
        ServingJvm.Application jetty = (own, port) -> List.of(
                "-Djava.io.tmpdir=" + own,
                "-jar",
                runner,
                "--port",
                Integer.toString(port),
                "--path",
                "/app",
                war.toString());
        serves(start(jdk, jetty), "/app/host", "java.lang:type=Runtime");
    }

    private Comparison start(Jdk jdk, ServingJvm.Application application) throws Exception {
        return Comparison.of(
                ServingJvm.start(jdk, folder, List.of(), application),
                ServingJvm.start(jdk, folder, List.of(OtherAgent.WAYBILL), application));
    }

    private static void serves(Comparison started, String path, String beans) throws Exception {
        try (Comparison both = started) {
            String before = both.without().get(path);
            both.checkBeans(beans);
            String after = both.with().get(path);

            assertThat(before).contains("jna 5.13.0, getpid is right: true", "own api: true", "outcome: unanswered");
            assertThat(after)
                    .contains("jna 5.13.0, getpid is right: true", "own api: true", "outcome: ")
                    .doesNotContain("unanswered");
            List<RecordedEvent> events = both.checkLogs();
            assertThat(Comparison.isRecorded(after, events)).as(after).isTrue();
            assertThat(events)
                    .extracting(event -> event.getEventType().getName())
                    .contains("waybill.ContainerScope");
            assertThat(events)
                    .as("an event of the application's own copy")
                    .anyMatch(event -> event.getEventType().getName().equals("waybill.ProcessObserved")
                            && event.getString("origin").equals("application"));
        }
    }
}
