// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
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
