// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.others;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.program.HelloProgram;
import io.waybill.others.program.GreetingProgram;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Other agents do what they are there for beside Waybill, before it and after it on the command line. */
class AgentsIT {
    private static final String PID_OF_SELF = "self";

    @TempDir
    private Path folder;

    private Path mocks;

    @BeforeEach
    void compileMocks() throws IOException {
        mocks = Sources.compile("Mocks", folder.resolve("mocks"), mockito());
    }

    @OnBothJdks
    void openTelemetrysAgentTracesAsBefore(Jdk jdk) throws Exception {
        inEitherOrder(jdk, OtherAgent.OPEN_TELEMETRY);
    }

    @OnBothJdks
    void openTelemetrysAgentTracesAsBeforeWhereMainWaitsForTheHook(Jdk jdk) throws Exception {
        inEitherOrder(jdk, OtherAgent.EAGER_WAYBILL, List.of(OtherAgent.OPEN_TELEMETRY));
    }

    @OnBothJdks
    void theExporterOfPrometheusExports(Jdk jdk) throws Exception {
        inEitherOrder(jdk, OtherAgent.PROMETHEUS);
    }

    @OnBothJdks
    void jolokiaAnswers(Jdk jdk) throws Exception {
        inEitherOrder(jdk, OtherAgent.JOLOKIA);
    }

    @OnBothJdks
    void mockitosInlineAgentMocks(Jdk jdk) throws Exception {
        inEitherOrder(jdk, OtherAgent.MOCKITO);
    }

    @OnBothJdks
    void asyncProfilerProfiles(Jdk jdk) throws Exception {
        inEitherOrder(jdk, OtherAgent.ASYNC_PROFILER);
    }

    /** OpenTelemetry's agent and the flight recorder did not start on 17, or hung, when both were at work at once. */
    @OnBothJdks
    void whileAnotherAgentStartsWaybillLoadsNothing(Jdk jdk) throws Exception {
        Path jar = folder.resolve("slow-agent.jar");
        try (Packed packed = Packed.into(jar, "Premain-Class: SlowAgent")) {
            packed.folder("", Sources.compile("SlowAgent", folder.resolve("slow"), List.of()));
        }

        Path log = folder.resolve("safepoints");
        Outcome outcome = ChildJvm.on(jdk)
                .options("-Xlog:safepoint:file=" + log)
                .agent("")
                .agent(jar, "")
                .run(HelloProgram.class);

        assertThat(outcome.out()).containsExactly("loaded by waybill-start meanwhile: []", "hello ");
        assertThat(outcome.err()).isEmpty();
        // on 17, where a look at the other agent's stack stops all threads, seldom enough
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("\"ThreadDump\""))
                .hasSizeLessThan(100);
    }

    @OnBothJdks
    void allOfThemAtOnceDo(Jdk jdk) throws Exception {
        inEitherOrder(
                jdk,
                OtherAgent.OPEN_TELEMETRY,
                OtherAgent.PROMETHEUS,
                OtherAgent.JOLOKIA,
                OtherAgent.MOCKITO,
                OtherAgent.ASYNC_PROFILER);
    }

    private void inEitherOrder(Jdk jdk, OtherAgent... others) throws Exception {
        inEitherOrder(jdk, OtherAgent.WAYBILL, List.of(others));
    }

    private void inEitherOrder(Jdk jdk, OtherAgent waybill, List<OtherAgent> without) throws Exception {
        List<OtherAgent> first = new ArrayList<>(without);
        first.add(0, waybill);
        List<OtherAgent> last = new ArrayList<>(without);
        last.add(waybill);
        try (ServingJvm alone = start(jdk, without);
                ServingJvm waybillFirst = start(jdk, first);
                ServingJvm waybillLast = start(jdk, last)) {
            List<String> expected = errorsOf(alone, without);
            assertThat(errorsOf(waybillFirst, first)).isEqualTo(expected);
            assertThat(errorsOf(waybillLast, last)).isEqualTo(expected);
        }
    }

    /** Checks that the program and each agent did what they should. */
    private static List<String> errorsOf(ServingJvm jvm, List<OtherAgent> agents) throws Exception {
        jvm.jvm().awaitLine("ready");
        assertThat(jvm.get("/hello")).isEqualTo("hello");
        boolean waybill = hasWaybill(agents);
        if (agents.contains(OtherAgent.PROMETHEUS)) {
            assertThat(jvm.get(OtherAgent.PROMETHEUS, "/metrics").contains("waybill_resolver_resolutions "))
                    .isEqualTo(waybill);
        }
        if (agents.contains(OtherAgent.JOLOKIA)) {
            assertThat(jvm.get(OtherAgent.JOLOKIA, "/jolokia/search/io.waybill:*")
                            .contains("type=Resolver"))
                    .isEqualTo(waybill);
        }
        if (agents.contains(OtherAgent.OPEN_TELEMETRY)) {
            // each of the above has its line, after the answer
            jvm.jvm().awaitErrors("user_agent.original=Java-http-client", jvm.answers());
        }
        Outcome outcome = jvm.stop();
        assertThat(outcome.out()).contains("answered hello", "reckoned true");
        if (agents.contains(OtherAgent.MOCKITO)) {
            assertThat(outcome.out()).contains("mocked locked bye hello 42 builder ok");
        }
        if (agents.contains(OtherAgent.OPEN_TELEMETRY)) {
            assertThat(outcome.err()).anyMatch(line -> line.contains("'GET /hello'") && line.contains(" SERVER "));
        }
        if (agents.contains(OtherAgent.ASYNC_PROFILER)) {
            assertThat(Files.readString(jvm.folder().resolve("profile"))).contains("GreetingProgram.reckon");
        }
        if (waybill) {
            assertThat(jvm.recorded())
                    .anyMatch(event -> event.getEventType().getName().equals("waybill.ProcessObserved")
                            && event.getString("origin").equals(PID_OF_SELF));
        }
        return LogShape.of(outcome.err(), jvm);
    }

    private ServingJvm start(Jdk jdk, List<OtherAgent> agents) throws IOException {
        List<Path> classPath = new ArrayList<>(List.of(ChildJvm.testClasses()));
        if (agents.contains(OtherAgent.MOCKITO)) {
            classPath.add(mocks);
            classPath.addAll(mockito());
        }
        String joined = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return ServingJvm.start(
                jdk,
                folder,
                agents,
                (own, port) -> Stream.of(
                                "-cp",
                                joined,
                                GreetingProgram.class.getName(),
                                Integer.toString(port),
                                Boolean.toString(hasWaybill(agents)),
                                agents.contains(OtherAgent.MOCKITO) ? "mocks" : "")
                        .toList());
    }

    private static boolean hasWaybill(List<OtherAgent> agents) {
        return agents.contains(OtherAgent.WAYBILL) || agents.contains(OtherAgent.EAGER_WAYBILL);
    }

    private static List<Path> mockito() {
        return List.of(
                Stock.jar("mockito-core"),
                Stock.jar("byte-buddy"),
                Stock.jar("byte-buddy-agent"),
                Stock.jar("objenesis"));
    }
}
