// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A user without rights to whom a part of the cgroup tree was handed: he calls cgroups of his as runtimes call theirs, moves
 * there, and makes a pid namespace of his own. Beside him the runtimes run, each with a container.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Layout.class,
        names = {"V2", "SYSTEMD"})
record ImpostorIT(Layout layout) {
    private static final String ID = "7315b840bfee99ffc5d3a8cfc040564e7315b840bfee99ffc5d3a8cfc040564e";
    private static final String POD = "pod11111111-2222-3333-4444-555555555555";

    /** What a service manager does, and from the second shell on what the user does. */
    private static final String PRETEND = """
            mkdir -p $1 && chown -R 4711:4711 $1 && echo $$ > $1/cgroup.procs
            exec setpriv --reuid=4711 --regid=4711 --clear-groups sh -c '
                mkdir -p "$1/$2" && echo $$ > "$1/$2/cgroup.procs"
                exec unshare --user --map-root-user --pid --fork --kill-child sh -c "echo up; exec sleep 900"
            ' sh "$1" "$2"
            """;

    private static Lab lab;
    private static String delegated;
    private static Map<Engine, Told> told;

    @BeforeParameterizedClassInvocation
    static void startOneOfEach(Layout layout) throws Exception {
        lab = Lab.start(layout);
        delegated = "/sys/fs/cgroup/"
                + (layout.bySystemd() ? "user.slice/user-4711.slice/user@4711.service" : "handed-down");
        told = new LinkedHashMap<>();
        for (Engine engine :
                List.of(new Docker(lab), Podman.ofRoot(lab), new Containerd(lab), new Lxc(lab), new Nspawn(lab))) {
            engine.prepare();
            told.put(engine, engine.start("real-" + told.size()));
        }
    }

    @AfterParameterizedClassInvocation
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void whatNoRuntimeHasIsDisowned() throws Exception {
        List<String> names = new ArrayList<>(List.of(
                "docker-" + ID + ".scope",
                "docker/" + ID,
                "libpod-" + ID + ".scope",
                "crio-" + ID + ".scope",
                "cri-containerd-" + ID + ".scope",
                "nerdctl-" + ID + ".scope",
                "kubepods/burstable/" + POD + "/" + ID,
                "k8s.io/" + ID,
                ID,
                "lxc.payload.fake"));
        if (layout.bySystemd()) {
            names.add("machine-fake.scope/payload");
        }

        for (JsonObject answer : answers(names)) {
            assertDisowned(answer, "has none of that id");
        }
        assertOnlyTheRealOnesAreListed();
    }

    @Test
    void whatRunsElsewhereIsDisowned() throws Exception {
        List<String> names = new ArrayList<>();
        told.forEach((engine, container) -> {
            if (engine instanceof Docker) {
                names.add("docker-" + container.id() + ".scope");
            } else if (engine instanceof Podman) {
                names.add("libpod-" + container.id() + ".scope");
            }
        });

        for (JsonObject answer : answers(names)) {
            assertDisowned(answer, "which is in /");
        }
        Told lxc = told.values().stream()
                .filter(each -> each.runtime().equals("lxc"))
                .findFirst()
                .orElseThrow();
        assertDisowned(answers(List.of("lxc.payload." + lxc.name())).get(0), "which no monitor of LXC holds");
        assertOnlyTheRealOnesAreListed();
    }

    @Test
    void whatHasEndedIsDisowned() throws Exception {
        List<String> names = new ArrayList<>();
        for (Engine engine : told.keySet()) {
            if (engine instanceof Docker docker) {
                names.add("docker-" + docker.start("ended").id() + ".scope");
                lab.run("docker", "kill", "ended");
            } else if (engine instanceof Podman podman) {
                names.add("libpod-" + podman.start("ended").id() + ".scope");
                podman.run("kill", "ended");
            }
        }

        for (JsonObject answer : answers(names)) {
            assertDisowned(answer, "which does not run by ");
        }
        assertOnlyTheRealOnesAreListed();
    }

    /** What {@code resolve} says of impostors in cgroups of these names. */
    private static List<JsonObject> answers(List<String> names) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("resolve", "--json"));
        for (String name : names) {
            lab.serve("up", "sh", "-c", PRETEND, "sh", delegated, name);
            String pids = lab.run("cat", delegated + "/" + name + "/cgroup.procs");
            long inner = pids.lines().mapToLong(Long::parseLong).max().orElseThrow();
            arguments.add(Long.toString(inner));
        }
        JsonElement answers = lab.waybill(arguments.toArray(new String[0]));
        return answers instanceof JsonArray array
                ? array.asList().stream().map(JsonElement::getAsJsonObject).toList()
                : List.of(answers.getAsJsonObject());
    }

    private static void assertDisowned(JsonObject answer, String why) {
        assertThat(answer.get("outcome").getAsString()).as(answer.toString()).isEqualTo("namespace");
        assertThat(answer.get("noContainer").getAsString())
                .as(answer.toString())
                .isEqualTo("disowned");
        assertThat(answer.get("noContainerDetail").getAsString()).contains(why);
        assertThat(answer.get("reason").getAsString()).startsWith("disowned: the cgroup is called as if it were ");
    }

    private static void assertOnlyTheRealOnesAreListed() throws Exception {
        assertThat(lab.waybill("ps", "--json").getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(each -> each.has("containerId"))
                        .map(Told::of))
                .containsExactlyInAnyOrderElementsOf(told.values());
    }
}
