// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.LimitedContainer;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import io.waybill.testing.Ports;
import io.waybill.testing.RunningJvm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container of a process is found with consoles and exporters that know nothing of Waybill. */
class ConsolesIT {
    private static final Path PROJECT = Path.of("..");
    private static final Path EXAMPLES = PROJECT.resolve("examples/prometheus");

    /** Without a series where the kernel does not count them. */
    private static final Set<String> NOT_ALWAYS_COUNTED = Set.of(
            "waybill_container_read_bytes_total",
            "waybill_container_written_bytes_total",
            "waybill_container_cpu_pressure_seconds_total");

    @TempDir
    private Path folder;

    private LimitedContainer container;

    @BeforeEach
    void startContainer() throws Exception {
        container = LimitedContainer.spinning();
    }

    @AfterEach
    void endContainer() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    @OnBothJdks
    void jmxtermAsksOverAGuardedConnector(Jdk jdk) throws Exception {
        int port = Ports.free();
        String pid = Long.toString(container.initPid());
        try (RunningJvm watched = WatchedJvm.start(
                WatchedJvm.with(jdk).options(WatchedJvm.guardedConnector(port, folder)), container.initPid())) {
            List<String> commands = new ArrayList<>(WhereToLook.table().typed("jmxterm", container.initPid()));
            commands.addAll(
                    List.of("info", "bean " + ContainerNames.bean(container), "get MemoryLimitBytes CpuLimit InitPid"));
            List<String> answers = jmxterm(port, commands);

            assertThat(answers)
                    .contains("  %0   - void refresh()")
                    .anyMatch(line -> line.endsWith("resolve(long pid)"))
                    .anyMatch(line -> line.contains("notifications"))
                    .contains("  containerId = " + container.id() + ";", "  outcome = container;")
                    .contains("MemoryLimitBytes = " + LimitedContainer.MEMORY_LIMIT + ";")
                    .contains("CpuLimit = " + LimitedContainer.CPU_LIMIT + ";", "InitPid = " + pid + ";");
            watched.terminate();
            assertThat(watched.join().err()).isEmpty();
        }
    }

    /** As docs/viewers.md has it: without the option jmxterm ends with an IllegalAccessException. */
    @OnBothJdks
    void jmxtermAsksAJvmOfOnesOwnByItsPid(Jdk jdk) throws Exception {
        String exports = "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED";
        assertThat(Files.readString(PROJECT.resolve("docs/viewers.md"))).contains("java --add-exports " + exports);
        List<String> typed = WhereToLook.table().typed("jmxterm", container.initPid());
        Path script = Files.write(folder.resolve("script"), typed);
        try (RunningJvm watched = WatchedJvm.start(WatchedJvm.with(jdk), container.initPid())) {
            Outcome outcome = ChildJvm.on(jdk)
                    .options("--add-exports", exports)
                    .runCommand(
                            "-jar",
                            WatchedJvm.stranger("jmxterm-uber"),
                            "--url",
                            Long.toString(watched.pid()),
                            "--noninteract",
                            "--verbose",
                            "silent",
                            "--input",
                            script.toString());

            assertThat(outcome.out()).contains("  containerId = " + container.id() + ";", "  outcome = container;");
        }
    }

    @OnBothJdks
    void theExporterOfPrometheusLabelsEachNumberWithTheContainer(Jdk jdk) throws Exception {
        int port = Ports.free();
        List<String> typed = WhereToLook.table().typed("Prometheus", container.initPid());
        String exporter = typed.get(0)
                .replace(
                        "jmx_prometheus_javaagent.jar=9404:",
                        WatchedJvm.stranger("jmx_prometheus_javaagent") + "=127.0.0.1:" + port + ":" + PROJECT + "/");
        try (RunningJvm watched = WatchedJvm.start(WatchedJvm.with(jdk).options(exporter), container.initPid())) {
            String metrics = get("http://127.0.0.1:" + port + "/metrics");

            String labels = "{container=\"" + ContainerNames.shown(container) + "\",container_id=\"" + container.id()
                    + "\",runtime=\"runc\"} ";
            assertThat(metrics.lines())
                    .contains("waybill_container_memory_limit_bytes" + labels + "6.7108864E7")
                    .contains("waybill_container_cpu_limit" + labels + LimitedContainer.CPU_LIMIT)
                    .contains("waybill_container_tasks" + labels + "1.0")
                    .anyMatch(line -> line.startsWith("waybill_container_cpu_seconds_total" + labels))
                    .anyMatch(line -> line.startsWith("waybill_resolver_resolutions "));
            assertThat(metrics.lines())
                    .anyMatch(line -> isAnswer(line, typed.get(1).split(" == "), labels));
            assertThat(namesIn(metrics))
                    .anyMatch(name -> name.startsWith(typed.get(2).replace("*", "")));
            Set<String> drawn = namesIn(Files.readString(EXAMPLES.resolve(typed.get(3))));
            drawn.removeAll(NOT_ALWAYS_COUNTED);
            assertThat(namesIn(metrics)).containsAll(drawn);
            assertThat(metrics.contains("waybill_container_cpu_pressure_seconds_total" + labels))
                    .isEqualTo(container.hasPressure());
            watched.terminate();
            assertThat(watched.join().exitCode()).isNotEqualTo(1);
        }
    }

    @OnBothJdks
    void jolokiaAnswersWithJson(Jdk jdk) throws Exception {
        int port = Ports.free();
        String jolokia =
                "-javaagent:" + WatchedJvm.stranger("jolokia-agent-jvm-javaagent") + "=host=127.0.0.1,port=" + port;
        try (RunningJvm watched = WatchedJvm.start(WatchedJvm.with(jdk).options(jolokia), container.initPid())) {
            String address = "http://127.0.0.1:" + port + "/jolokia/";
            String typed =
                    WhereToLook.table().typed("Jolokia", container.initPid()).get(0);
            JsonObject answer = JsonParser.parseString(get(typed.replace("GET /jolokia/", address)))
                    .getAsJsonObject()
                    .getAsJsonObject("value");
            JsonObject all = JsonParser.parseString(get(address + "read/io.waybill:type=Container,*"))
                    .getAsJsonObject()
                    .getAsJsonObject("value");
            String table = get(address + "read/io.waybill:type=Containers/Containers");
            String processes = get(address + "read/io.waybill:type=Containers/Processes");

            assertThat(watched.pid()).isPositive();
            assertThat(answer.get("containerId").getAsString()).isEqualTo(container.id());
            assertThat(all.keySet()).anyMatch(name -> name.contains(container.id()));
            assertThat(table).contains(container.id());
            assertThat(processes).contains(Long.toString(container.initPid()));
        }
    }

    @Test
    void theDashboardIsOneOfGrafanas() throws Exception {
        JsonObject dashboard = JsonParser.parseString(Files.readString(EXAMPLES.resolve("dashboard.json")))
                .getAsJsonObject();

        assertThat(dashboard.get("title").getAsString()).isNotBlank();
        assertThat(dashboard.get("schemaVersion").getAsInt()).isPositive();
        assertThat(dashboard.getAsJsonArray("panels")).isNotEmpty().allSatisfy(each -> {
            JsonObject panel = each.getAsJsonObject();
            assertThat(panel.keySet()).contains("id", "title", "type", "gridPos", "datasource");
            assertThat(panel.getAsJsonArray("targets"))
                    .isNotEmpty()
                    .allSatisfy(target -> assertThat(
                                    target.getAsJsonObject().get("expr").getAsString())
                            .contains("waybill_"));
        });
    }

    /** Whether a line of the exporter is what a comparison in Prometheus leaves. */
    private static boolean isAnswer(String line, String[] asked, String labels) {
        return line.startsWith(asked[0] + labels)
                && Double.parseDouble(line.substring(line.lastIndexOf(' '))) == Double.parseDouble(asked[1]);
    }

    private List<String> jmxterm(int port, List<String> commands) throws Exception {
        Path script = Files.write(folder.resolve("script"), commands);
        Outcome outcome = ChildJvm.on(Jdk.oldest())
                .options(WatchedJvm.trust(folder))
                .runCommand(
                        "-jar",
                        WatchedJvm.stranger("jmxterm-uber"),
                        "--url",
                        "127.0.0.1:" + port,
                        "--user",
                        WatchedJvm.USER,
                        "--password",
                        WatchedJvm.PASSWORD,
                        "--sslrmiregistry",
                        "--noninteract",
                        "--verbose",
                        "silent",
                        "--input",
                        script.toString());
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome.out();
    }

    private static Set<String> namesIn(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile("waybill_[a-z_]+").matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private static String get(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
