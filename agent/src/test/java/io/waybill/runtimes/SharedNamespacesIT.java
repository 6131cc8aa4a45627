// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.waybill.runtimes.program.RecordedProgram;
import io.waybill.testing.CProgram;
import io.waybill.testing.Jdk;
import io.waybill.testing.OnBothJdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Containers in the pid namespace of another, of their pod or of the host: the init is whose it is, and it is said. */
class SharedNamespacesIT {
    private static Lab lab;
    private static Docker docker;
    private static Podman podman;

    @BeforeAll
    static void start() throws Exception {
        lab = Lab.start(Layout.V1);
        docker = new Docker(lab);
        docker.prepare();
        podman = Podman.ofRoot(lab);
        podman.prepare();
    }

    @AfterAll
    static void end() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void inTheHostsPidNamespaceTheInitIsTheHosts() throws Exception {
        Told agent = docker.started("agent", "--pid=host");

        JsonObject listed = lab.listed(agent.id());

        assertThat(Told.of(listed)).isEqualTo(agent.withInit(1));
        assertThat(listed.get("sharedWith").getAsString()).isEqualTo("host");
        assertThat(Told.of(lab.resolved(agent.initPid()))).isEqualTo(agent.withInit(1));
    }

    @Test
    void inThePidNamespaceOfAnotherContainerTheInitIsTheOthers() throws Exception {
        for (var tool : new Started[] {docker::started, podman::started}) {
            Told main = tool.started("main");
            Told sidecar = tool.started("sidecar", "--pid=container:main");

            JsonObject listed = lab.listed(sidecar.id());

            assertThat(Told.of(listed)).isEqualTo(sidecar.withInit(main.initPid()));
            assertThat(listed.get("sharedWith").getAsString()).isEqualTo("container main");
            assertThat(Told.of(lab.listed(main.id()))).isEqualTo(main);
        }
    }

    @Test
    void inAPodOfPodmanWithASharedPidNamespaceTheInitIsTheInfraContainers() throws Exception {
        String pod =
                podman.run("pod", "create", "--share=pid", "--infra-image", Lab.IMAGE, "--infra-command", Engine.INIT);
        Told web = podman.started("web", "--pod", pod);
        Told infra = podman.inspect(pod.substring(0, 12) + "-infra");

        JsonObject listed = lab.listed(web.id());

        assertThat(Told.of(listed)).isEqualTo(web.withInit(infra.initPid()));
        assertThat(listed.get("sharedWith").getAsString()).isEqualTo("pod");
        assertThat(listed.get("podUid").getAsString()).isEqualTo(pod);
        JsonObject sandbox = lab.listed(infra.id());
        assertThat(Told.of(sandbox)).isEqualTo(infra);
        assertThat(sandbox.get("sandbox").getAsBoolean()).isTrue();
    }

    @OnBothJdks
    void theRecordingSaysWhoseTheInitIsAndWhichNamespaceThatMakes(Jdk jdk) throws Exception {
        String suffix = "-" + jdk.feature();
        Told main = docker.started("alone" + suffix);
        Told sidecar = docker.started("beside" + suffix, "--pid=container:alone" + suffix);
        Told host = docker.started("on-host" + suffix, "--pid=host");
        String[] seen =
                Stream.of(main, sidecar, host).map(each -> each.id() + "/init").toArray(String[]::new);

        List<RecordedEvent> events = lab.record(jdk, RecordedProgram.class, seen);

        RecordedEvent alone = recorded(events, main);
        assertThat(alone.getString("sharedWith")).isEmpty();
        assertThat(recorded(events, sidecar).getString("sharedWith")).isEqualTo("container alone" + suffix);
        assertThat(recorded(events, host).getString("sharedWith")).isEqualTo("host");
        assertThat(Stream.of(alone, recorded(events, host)).map(event -> event.getInt("depth")))
                .containsExactly(1, 0);
        assertThat(alone.getLong("pidNamespace")).isEqualTo(inode(main.initPid()));
        assertThat(alone.getLong("parentPidNamespace")).isEqualTo(inode(1));
        String program = Files.copy(
                        CProgram.compiled("namespace-id"), lab.folder().resolve("namespace-id" + suffix))
                .toString();
        assertThat(alone.getLong("pidNamespaceId"))
                .isEqualTo(Long.parseLong(lab.run(program, "/proc/" + main.initPid() + "/ns/pid")));
    }

    private static RecordedEvent recorded(List<RecordedEvent> events, Told container) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("waybill.ContainerNamespace"))
                .filter(event -> event.getString("containerId").equals(container.id()))
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    /** {@code pid:[4026532281]} */
    private static long inode(long pid) throws Exception {
        return Long.parseLong(lab.run("readlink", "/proc/" + pid + "/ns/pid").replaceAll("[^0-9]", ""));
    }

    @Test
    void aPodThatPodmanPlaysFromYamlIsToldFromItsInfraContainer() throws Exception {
        Path yaml = lab.folder().resolve("pod.yaml");
        Files.copy(Lab.file("pod.yaml"), yaml);
        podman.run("kube", "play", "--network=none", yaml.toString());
        Told web = podman.inspect("shop-web");

        JsonObject listed = lab.listed(web.id());

        assertThat(Told.of(listed)).isEqualTo(web);
        assertThat(listed.has("sandbox")).isFalse();
    }

    /** Nothing of the tools' own, such as the monitors of a pod, is taken for a container. */
    @Test
    void onlyWhatTheToolsListIsListed() throws Exception {
        String podmans = podman.run("ps", "--quiet", "--no-trunc");
        String dockers = lab.run("docker", "ps", "--quiet", "--no-trunc");

        assertThat(lab.waybill("ps", "--json").getAsJsonArray())
                .extracting(each -> each.getAsJsonObject().get("containerId").getAsString())
                .containsExactlyInAnyOrderElementsOf((podmans + "\n" + dockers)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .toList());
    }

    /** Starts a container by one tool or the other. */
    private interface Started {
        Told started(String name, String... options) throws Exception;
    }
}
