// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.report.program.WorkClient;
import io.waybill.report.program.WorkService;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.HostedContainer;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A service that three containers use to a known extent, as its report has it. */
class WorkSplitIT {
    private static final int REQUESTS = 250;
    private static final List<Integer> CONNECTIONS = List.of(6, 3, 1);
    private static final double THREE_POINTS = 0.03;

    private static final String SETTINGS = """
            <configuration version="2.0">
              <event name="jdk.ExecutionSample">
                <setting name="enabled">true</setting><setting name="period">1 ms</setting>
              </event>
              <event name="jdk.CPUTimeSample">
                <setting name="enabled">true</setting><setting name="throttle">1 ms</setting>
              </event>
              <event name="jdk.ObjectAllocationSample">
                <setting name="enabled">true</setting><setting name="throttle">1000/s</setting>
              </event>
            </configuration>
            """;

    @TempDir
    private Path folder;

    private final List<HostedContainer> containers = new ArrayList<>();

    @AfterEach
    void endContainers() throws Exception {
        for (HostedContainer container : containers) {
            container.close();
        }
    }

    @OnBothJdks
    void theReportHasEveryContainersPartOfTheWork(Jdk jdk) throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        copyTestClasses(shared);
        for (int client = 0; client < CONNECTIONS.size(); client++) {
            containers.add(startClient(jdk, shared, client));
        }
        Path recording = folder.resolve("service.jfr");

        Outcome service = serve(jdk, shared, recording);
        Map<Long, JsonObject> report = report(jdk, recording);

        assertThat(service.err()).isEmpty();
        assertThat(service.out())
                .containsExactly(servedLine(0, 6 * REQUESTS), servedLine(1, 3 * REQUESTS), servedLine(2, REQUESTS));
        checkSplit(report, "timeNanos");
        checkSplit(report, "executionSamples");
        if (jdk.feature() >= 25) {
            checkSplit(report, "cpuTimeSamples");
        }
        for (int client = 0; client < CONNECTIONS.size(); client++) {
            JsonObject row = report.get(init(client));
            assertThat(row.get("scopes").getAsInt()).isEqualTo(CONNECTIONS.get(client) * REQUESTS);
            assertThat(row.get("allocatedBytes").getAsLong()).isPositive();
        }
    }

    private void checkSplit(Map<Long, JsonObject> report, String field) {
        Map<Long, Long> amounts = report.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().get(field).getAsLong()));
        long all = amounts.values().stream().mapToLong(Long::longValue).sum();
        assertThat(all).as(field).isPositive();
        for (int client = 0; client < CONNECTIONS.size(); client++) {
            assertThat((double) amounts.get(init(client)) / all)
                    .as("%s of %s of %s", field, CONNECTIONS.get(client), amounts)
                    .isCloseTo(CONNECTIONS.get(client) / 10.0, within(THREE_POINTS));
        }
    }

    private HostedContainer startClient(Jdk jdk, Path shared, int client) throws Exception {
        return HostedContainer.running(
                shared,
                jdk.program("java").toRealPath().toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                shared.resolve("classes").toString(),
                WorkClient.class.getName(),
                shared.resolve("socket").toString(),
                Integer.toString(client),
                CONNECTIONS.get(client).toString(),
                Integer.toString(REQUESTS));
    }

    private Outcome serve(Jdk jdk, Path shared, Path recording) throws Exception {
        Path settings = Files.writeString(folder.resolve("samples.jfc"), SETTINGS);
        List<String> arguments =
                new ArrayList<>(List.of(shared.resolve("socket").toString(), "10"));
        containers.forEach(container -> arguments.add(Long.toString(container.initPid())));
        return ChildJvm.on(jdk)
                .options(
                        "-Xlog:jfr+startup=off",
                        "-Xmx256m",
                        "-XX:StartFlightRecording=filename=" + recording + ",settings=" + settings)
                .agent("")
                .run(WorkService.class, arguments.toArray(new String[0]));
    }

    private Map<Long, JsonObject> report(Jdk jdk, Path recording) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .runCommand("-jar", AgentJar.built().toString(), "report", "--json", recording.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        JsonObject report =
                JsonParser.parseString(String.join("\n", outcome.out())).getAsJsonObject();
        Map<Long, JsonObject> rows = new HashMap<>();
        report.getAsJsonArray("containers").forEach(row -> {
            JsonObject container = row.getAsJsonObject();
            if (container.get("scopes").getAsInt() > 0) {
                rows.put(container.get("initPid").getAsLong(), container);
            }
        });
        assertThat(rows).containsOnlyKeys(init(0), init(1), init(2));
        return rows;
    }

    private Long init(int client) {
        return containers.get(client).initPid();
    }

    private String servedLine(int client, int requests) {
        return "served " + containers.get(client).initPid() + " " + requests;
    }

    private static void copyTestClasses(Path shared) throws Exception {
        String name = WorkClient.class.getName().replace('.', File.separatorChar) + ".class";
        Path target = shared.resolve("classes").resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(ChildJvm.testClasses().resolve(name), target);
    }
}
