// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.api.Pod;
import io.waybill.api.Provenance.Source;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JVM can know of its own container, on machines that were recorded from inside of one. */
class SelfIdentityTest {
    private static final Path FOLDER = Path.of("src/test/resources/procfs");
    private static final String UID = "1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f";

    @TempDir
    private Path root = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "containerd-1.6-cri-cgroup1-inside, kubernetes, 84425c460c0b, cgroup:kubepods",
        "docker-20.10-cgroup1-inside, docker, a503ac1829ef, cgroup:docker",
        "docker-20.10-cgroup2-inside, docker, b6c33be0c584, mountinfo:docker-hostname",
        "nspawn-252-hybrid-inside, systemd-nspawn, labnspawn, mountinfo:nspawn-propagate",
        "podman-4.3-cgroup2-inside, podman, 140942424af8, mountinfo:storage-hostname",
        "podman-4.3-rootless-hybrid-inside, podman, bc02fc1456b9, mountinfo:storage-hostname"
    })
    void aRecordedContainerNamesItself(String machine, String runtime, String id, String provenance) {
        assertThat(self(machine, Map.of())).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.runtime().text()).isEqualTo(runtime);
            assertThat(container.id()).startsWith(id);
            assertThat(container.provenance()).hasToString(provenance);
        });
    }

    @Test
    void theSandboxsMountsAreNotTakenForTheContainer() {
        assertThat(self("containerd-1.6-cri-cgroup2-inside", Map.of()))
                .isInstanceOfSatisfying(
                        NoContainer.class,
                        none -> assertThat(none.reason()).isEqualTo(NoContainer.Reason.PRIVATE_CGROUP_NAMESPACE));
    }

    @Test
    void aNameWithoutAnyRuleIsAnUnknownLayout() {
        assertThat(self("runc-1.1-hybrid-inside", Map.of()))
                .isInstanceOfSatisfying(
                        NoContainer.class, none -> assertThat(none.detail()).contains("/lab-runc1"));
    }

    @Test
    void lxcIsToldByItsCgroupAndNamedByItsHostNameMarkedAsSuch() {
        assertThat(self("lxc-5.0-cgroup2-inside", Map.of()))
                .isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                    assertThat(container.runtime()).isEqualTo(ContainerRuntime.LXC);
                    assertThat(container.provenance().source()).isEqualTo(Source.HOSTNAME);
                    assertThat(container.remarks()).singleElement().asString().contains("only the host name");
                });
    }

    @Test
    void theDownwardApiNamesThePodIfThatIsAllowed() throws IOException {
        file("run/secrets/kubernetes.io/serviceaccount/namespace", "shop\n");
        Map<String, String> variables = Map.of("POD_NAME", "web-0", "POD_UID", UID, "CONTAINER_NAME", "nginx");

        assertThat(self("containerd-1.6-cri-cgroup2-inside", variables))
                .isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                    assertThat(container.id()).isEqualTo(UID + "/nginx");
                    assertThat(container.pod()).isEqualTo(new Pod(UID, "web-0", "shop", "nginx"));
                    assertThat(container.provenance()).hasToString("environment:downward-api");
                });
    }

    @Test
    void inAPodWithoutThatTheHostNameIsThePodsName() throws IOException {
        file("run/secrets/kubernetes.io/serviceaccount/namespace", "shop\n");

        assertThat(self("containerd-1.6-cri-cgroup2-inside", Map.of()))
                .isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                    assertThat(container.runtime()).isEqualTo(ContainerRuntime.KUBERNETES);
                    assertThat(container.provenance()).hasToString("hostname:pod-name");
                    assertThat(container.provenance().source()).isEqualTo(Source.HOSTNAME);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {".dockerenv", "run/.containerenv"})
    void aHostNameThatIsNoIdNamesNoContainer(String sign) throws IOException {
        file(sign, "");
        file("proc/sys/kernel/hostname", "vm\n");
        assertThat(selfOf(root.resolve("proc"))).isInstanceOf(NoContainer.class);

        file("proc/sys/kernel/hostname", "b6c33be0c584\n");
        assertThat(selfOf(root.resolve("proc"))).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.id()).isEqualTo("b6c33be0c584");
            assertThat(container.provenance()).hasToString("hostname:host-name");
        });
    }

    @Test
    void variablesAreNotReadUnlessThatIsAllowed() {
        Path machine = FOLDER.resolve("containerd-1.6-cri-cgroup2-inside");
        Map<String, String> variables = Map.of("POD_NAME", "web-0", "POD_UID", UID);

        Identity self = ContainerIdentities.of(
                        new ProcFs(machine), new IdentitySettings(root, root, false, false, variables))
                .self();

        assertThat(self).isInstanceOf(NoContainer.class);
    }

    @Test
    void fargateTellsByItsMetadataAddress() {
        String id = "34dc0b5e626f2c5c4c5170e34b10e765-1234567890";

        assertThat(self(
                        "containerd-1.6-cri-cgroup2-inside",
                        Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/" + id)))
                .isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                    assertThat(container.runtime()).isEqualTo(ContainerRuntime.ECS);
                    assertThat(container.id()).isEqualTo(id);
                });
    }

    @Test
    void aPrivilegedContainerOfPodmanHasAFileThatSaysIt() throws IOException {
        file("run/.containerenv", "engine=\"podman-4.3.1\"\nname=\"web\"\nid=\"68afcf4d\"\nimage=\"nginx:1\"\n");

        assertThat(self("containerd-1.6-cri-cgroup2-inside", Map.of()))
                .isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                    assertThat(container.name()).isEqualTo("web");
                    assertThat(container.image()).isEqualTo("nginx:1");
                });
    }

    @Test
    void aFlatpakNamesItsApplication() throws IOException {
        file(".flatpak-info", "[Application]\nname=org.gnome.Maps\n\n[Instance]\ninstance-id=3127586491\n");

        assertThat(self("containerd-1.6-cri-cgroup2-inside", Map.of()))
                .isInstanceOfSatisfying(ContainerIdentity.class, container -> {
                    assertThat(container.id()).isEqualTo("3127586491");
                    assertThat(container.name()).isEqualTo("org.gnome.Maps");
                });
    }

    private Identity selfOf(Path machine) {
        return ContainerIdentities.of(new ProcFs(machine), new IdentitySettings(root, root, false, false, Map.of()))
                .self();
    }

    private Identity self(String machine, Map<String, String> variables) {
        return ContainerIdentities.of(
                        new ProcFs(FOLDER.resolve(machine)),
                        new IdentitySettings(root, root, false, !variables.isEmpty(), variables))
                .self();
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
