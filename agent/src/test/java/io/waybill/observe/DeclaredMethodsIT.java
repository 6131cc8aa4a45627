// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.namespace.Unshared;
import io.waybill.observe.program.DeclaredProgram;
import io.waybill.testing.AgentJar;
import io.waybill.testing.ChildJvm;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import io.waybill.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

class DeclaredMethodsIT {
    private static final String PREFIX = DeclaredProgram.class.getName() + "$";
    private static final String SERVICE = PREFIX + "Service";

    @TempDir
    private Path folder;

    @OnBothJdks
    void declaredMethodsWorkInScopes(Jdk jdk) throws Exception {
        String declarations = SERVICE + "#read(pid:1);" + SERVICE + "#handle*(Request#credentials.pid);" + SERVICE
                + "#fail(pid:int);" + PREFIX + "Later#work(pid:Long)";
        try (Unshared namespace = Unshared.start()) {
            Outcome without = ChildJvm.on(jdk).agent("").run(DeclaredProgram.class, "1", "0");
            Path recording = folder.resolve("declared.jfr");

            Outcome outcome = host(jdk, recording)
                    .agent("scope=" + declarations)
                    .run(DeclaredProgram.class, Long.toString(namespace.initPid()));

            assertThat(without.err()).isEmpty();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out())
                    .hasSize(6)
                    .contains("worked for " + namespace.initPid())
                    .contains("methods added(long)", "removed true", "removed again false")
                    .anyMatch(line -> line.startsWith("failed in " + SERVICE + ".fail(DeclaredProgram.java:"))
                    .anyMatch(line -> line.startsWith("refused java.lang.IllegalArgumentException: \"Service#added(\""
                            + ", at 14: a parameter is expected"));
            Map<String, Long> scopes = scopesByOrigin(recording, namespace.initPid());
            assertThat(scopes.remove(SERVICE + "#read")).isPositive();
            assertThat(scopes)
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            SERVICE + "#handle*", 2L,
                            SERVICE + "#fail", 1L,
                            PREFIX + "Later#work", 1L,
                            SERVICE + "#added", 1L));
        }
    }

    @OnBothJdks
    void aSystemPropertyDeclaresToo(Jdk jdk) throws Exception {
        try (Unshared namespace = Unshared.start()) {
            Path recording = folder.resolve("property.jfr");

            Outcome outcome = host(jdk, recording)
                    .options("-Dwaybill.scope=" + SERVICE + "#read(pid:1); " + SERVICE + "#fail(pid:0)")
                    .agent("")
                    .run(DeclaredProgram.class, Long.toString(namespace.initPid()));

            assertThat(outcome.err()).isEmpty();
            assertThat(scopesByOrigin(recording, namespace.initPid()))
                    .containsOnlyKeys(SERVICE + "#read", SERVICE + "#fail", SERVICE + "#added")
                    .containsEntry(SERVICE + "#fail", 1L);
        }
    }

    @OnBothJdks
    void whatIsWrongIsToldOnceWithTheNearestThereIs(Jdk jdk) throws Exception {
        Path config = folder.resolve("waybill.properties");
        Files.writeString(
                config,
                "scope.wait=2s\nscope=" + PREFIX + "Sevice#read(pid:1);" + SERVICE + "#raed(pid:1);" + SERVICE
                        + "#read(pid:0);" + SERVICE + "#read(pid:7);" + SERVICE + "#handle(0.credential.pid);"
                        + SERVICE + "#handle(0.credentials);java.lang.Thread#sleep(pid:0); Service#\n");

        Outcome outcome = host(jdk, folder.resolve("wrong.jfr"))
                .agent("config=" + config)
                .run(
                        DeclaredProgram.class,
                        Long.toString(ProcessHandle.current().pid()),
                        "6");

        assertThat(outcome.out()).hasSize(6);
        assertThat(outcome.err())
                .containsExactlyInAnyOrder(
                        "waybill: scope \"Service#\", at 8: the name of a method is expected, but here it ends",
                        "waybill: scope java.lang.Thread#sleep(pid:0): a method of java.* cannot be declared: the agent"
                                + " calls them itself",
                        "waybill: scope " + PREFIX + "Sevice#read(pid:1): no such class is loaded; the nearest is "
                                + SERVICE,
                        "waybill: scope " + SERVICE + "#raed(pid:1): the class has no such method; the nearest is read",
                        "waybill: scope " + SERVICE + "#read(pid:0): no such parameter that may be a pid in"
                                + " read(java.lang.String, long)",
                        "waybill: scope " + SERVICE + "#read(pid:7): no such parameter that may be a pid in"
                                + " read(java.lang.String, long)",
                        "waybill: scope " + SERVICE + "#handle(0.credential.pid): no pid in an argument: " + PREFIX
                                + "Request has no credential; it has credentials",
                        "waybill: scope " + SERVICE + "#handle(0.credentials): no pid in an argument: a " + PREFIX
                                + "Credentials is no pid; a whole number, a Process or a ProcessHandle is; it has pid");
    }

    @OnBothJdks
    void whenTheAgentStopsTheClassesAreWhatTheyWere(Jdk jdk) throws Exception {
        Outcome outcome = ChildJvm.on(jdk)
                .agent(AgentJar.withRuntime("Declared"), "children=eager")
                .run(DeclaredProgram.Stopped.class);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .containsExactly(
                        "nothing declared, woven false",
                        "open 7 io.waybill.observe.program.DeclaredProgram$Stopped#work",
                        "work",
                        "close",
                        "declared, woven true",
                        "stopped, woven false",
                        "work");
    }

    private static ChildJvm host(Jdk jdk, Path recording) {
        return ChildJvm.on(jdk).options("-Xlog:jfr+startup=off", "-XX:StartFlightRecording:filename=" + recording);
    }

    private static Map<String, Long> scopesByOrigin(Path recording, long pid) throws Exception {
        Stream<String> origins = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().equals("waybill.ContainerScope"))
                .filter(event -> event.getLong("pid") == pid)
                .map(event -> event.getString("origin"));
        return origins.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
