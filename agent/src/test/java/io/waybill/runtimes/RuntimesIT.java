// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.waybill.runtimes.program.RecordedProgram;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every runtime side by side on one machine: Waybill names what the runtime's own tool names, and nothing else. */
@ParameterizedClass(name = "{0}")
@EnumSource(Layout.class)
record RuntimesIT(Layout layout) {
    private static Lab lab;
    private static List<Told> told;
    private static Map<Told, Long> children;

    @BeforeParameterizedClassInvocation
    static void startOneOfEach(Layout layout) throws Exception {
        lab = Lab.start(layout);
        told = new ArrayList<>();
        children = new HashMap<>();
        for (Engine engine : engines(lab)) {
            engine.prepare();
            Told container = engine.start("web-" + told.size() + ".a");
            engine.enter(container);
            told.add(container);
            children.put(container, lab.childOf(container.initPid(), "sleep"));
        }
    }

    /** All that run in the layout of a lab. */
    static List<Engine> engines(Lab lab) {
        Stream<Engine> always = Stream.of(
                new OciEngine(lab, "runc"),
                Podman.ofRoot(lab),
                Podman.ofUser(lab),
                new Docker(lab),
                new Containerd(lab),
                new Lxc(lab),
                new Nspawn(lab));
        // crun refuses the hybrid layout, and needs CAP_SYS_RESOURCE on version 2
        Stream<Engine> crun = lab.layout() == Layout.V1 ? Stream.of(new OciEngine(lab, "crun")) : Stream.empty();
        return Stream.concat(always, crun).toList();
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void psListsTheContainersOfAllToolsAndNothingElse() throws Exception {
        JsonArray listed = lab.waybill("ps", "--json").getAsJsonArray();

        assertThat(objects(listed).map(Told::of)).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void everyProcessOfAContainerResolvesToIt() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("resolve", "--json"));
        List<Told> expected = new ArrayList<>();
        for (Told container : told) {
            arguments.add(Long.toString(container.initPid()));
            arguments.add(Long.toString(children.get(container)));
            expected.addAll(List.of(container, container));
        }

        JsonArray resolved = lab.waybill(arguments.toArray(new String[0])).getAsJsonArray();

        assertThat(objects(resolved).map(Told::of)).containsExactlyElementsOf(expected);
    }

    @OnBothJdks
    void theRecordingOfAJvmBesideThemNamesThem(Jdk jdk) throws Exception {
        List<RecordedEvent> events = lab.record(
                jdk,
                RecordedProgram.class,
                told.stream()
                        .flatMap(each -> Stream.of("init", "sleep", "tail").map(command -> each.id() + "/" + command))
                        .toArray(String[]::new));

        assertThat(of(events, "waybill.Container").map(Told::of).distinct()).containsExactlyInAnyOrderElementsOf(told);
        for (Told container : told) {
            assertThat(observed(events, container, "init")).containsExactly(false);
            assertThat(observed(events, container, "sleep")).containsExactly(false);
            assertThat(observed(events, container, "tail"))
                    .as("entered " + container)
                    .containsExactly(true);
        }
    }

    /** Whether the processes of a container that run this command joined it. */
    private static Stream<Boolean> observed(List<RecordedEvent> events, Told container, String command) {
        return of(events, "waybill.ProcessObserved")
                .filter(event -> event.getString("containerId").equals(container.id()))
                .filter(event -> event.getString("command").equals(command))
                .filter(event -> event.getLong("initPid") == container.initPid())
                .map(event -> event.getBoolean("joined"))
                .distinct();
    }

    private static Stream<RecordedEvent> of(List<RecordedEvent> events, String type) {
        return events.stream().filter(event -> event.getEventType().getName().equals(type));
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsJsonObject);
    }
}
