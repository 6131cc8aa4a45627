// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.procfs.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded machine: what is said of its container before and after its runtime's state was read. */
class RecordedMachinesTest {
    private static final Path FOLDER = Path.of("src/test/resources/procfs");
    private static final String IMAGE = "docker.io/waybill/busybox:1";
    private static final String POD = "ec911d79bf96c6e712edb2e4a4ba7ef7459a6b060abbca97bc1b865039520301";
    private static final String CRI = "11111111-2222-3333-4444-555555555555";

    /**
     * A recorded process.
     *
     * @param machine the folder
     * @param pid the process
     * @param depth in how many pid namespaces it is below the host's
     * @param first the answer that an application's thread gets
     * @param named the answer with what the runtime keeps
     */
    record Row(String machine, long pid, int depth, String first, String named) {
        Row named(String answer) {
            return new Row(machine, pid, depth, first, answer);
        }

        Row deeper() {
            return new Row(machine, pid, depth + 1, first, named);
        }

        @Override
        public String toString() {
            return machine + " " + pid;
        }
    }

    /** The answer in short: runtime, beginning of the id, name, image, pod, sandbox, provenance. */
    static List<Row> rows() {
        return Stream.of(managed(), bySystemd(), pods(), others())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> bySystemd() {
        return List.of(
                row("docker-20.10-systemd", 405, "docker addc33e7d991 by cgroup:docker-scope")
                        .named("docker addc33e7d991 web " + IMAGE + " by runtime-state:docker-config"),
                row("podman-4.3-systemd", 495, "podman a6384ba24ed2 by cgroup:libpod-scope")
                        .named("podman a6384ba24ed2 web " + IMAGE + " by runtime-state:podman-storage"),
                row("nspawn-252-systemd", 544, "systemd-nspawn web-1.a web-1.a by cgroup:nspawn-scope")
                        .named("systemd-nspawn web-1.a web-1.a by runtime-state:machine"),
                row("runc-1.1-systemd", 576, "host /system.slice/runc-web.scope")
                        .named("runc web web by runtime-state:runc-state"),
                row(
                                "containerd-1.6-cri-systemd",
                                682,
                                "containerd 4b015fb08a02 pod " + CRI + " by cgroup:cri-containerd-scope")
                        .named("containerd 4b015fb08a02 web " + IMAGE + " pod " + CRI
                                + " shop/web-0/web by runtime-state:containerd-task"),
                row(
                                "containerd-1.6-cri-sandbox-systemd",
                                650,
                                "containerd 1146f366091e pod " + CRI + " by cgroup:cri-containerd-scope")
                        .named("containerd 1146f366091e web-0 pod " + CRI
                                + " shop/web-0 sandbox by runtime-state:containerd-task"));
    }

    private static List<Row> pods() {
        return List.of(
                row("podman-4.3-pod-cgroup1", 379, "podman ebc9980ae64c pod " + POD + " by cgroup:libpod")
                        .named("podman ebc9980ae64c web " + IMAGE + " pod " + POD + " by runtime-state:podman-storage"),
                row("podman-4.3-pod-infra-cgroup1", 372, "podman bc44fe96f591 pod " + POD + " by cgroup:libpod")
                        .named("podman bc44fe96f591 ec911d79bf96-infra " + IMAGE + " pod " + POD
                                + " sandbox by runtime-state:podman-storage"));
    }

    private static List<Row> managed() {
        return List.of(
                row("containerd-1.6-cri-cgroup1", 23662, "kubernetes 84425c460c0b pod " + CRI + " by cgroup:kubepods")
                        .named("containerd 84425c460c0b c1 docker.io/lab/busybox:1 pod " + CRI
                                + " labns/labpod/c1 by runtime-state:containerd-task"),
                row(
                                "containerd-1.6-cri-sandbox-cgroup1",
                                23617,
                                "kubernetes e5b423385c60 pod " + CRI + " by cgroup:kubepods")
                        .named("containerd e5b423385c60 labpod pod " + CRI
                                + " labns/labpod sandbox by runtime-state:containerd-task"),
                row("containerd-1.6-cri-cgroup2", 27430, "unknown 2ec5237359fb by cgroup:bare-id")
                        .named("containerd 2ec5237359fb by cgroup:bare-id"),
                row("containerd-1.6-ctr-cgroup1", 20782, "containerd lab-ctr by ancestor:containerd-shim")
                        .named("containerd lab-ctr lab-ctr by runtime-state:containerd-task"),
                row("containerd-1.6-ctr-cgroup2", 28228, "containerd lab-ctr2 by ancestor:containerd-shim"),
                row("docker-20.10-cgroup1", 24740, "docker a503ac1829ef by cgroup:docker")
                        .named("docker a503ac1829ef lab-docker lab/busybox:1 by runtime-state:docker-config"),
                row("docker-20.10-cgroup2", 26822, "docker b6c33be0c584 by cgroup:docker")
                        .named("docker b6c33be0c584 lab-docker2 lab/busybox:1 by runtime-state:docker-config"),
                row("docker-20.10-hybrid", 31741, "docker 67aa30e5a1fe by cgroup:docker"),
                row("podman-4.3-cgroup1", 19306, "podman 91603fc01073 by cgroup:libpod")
                        .named(
                                "podman 91603fc01073 lab-podman localhost/lab/busybox:1 by runtime-state:podman-storage"),
                row("podman-4.3-cgroup2", 27357, "podman 140942424af8 by cgroup:libpod")
                        .named("podman 140942424af8 by runtime-state:podman-storage"),
                row("podman-4.3-in-nspawn-cgroup2", 3065, "podman 68afcf4d0db4 by cgroup:libpod-scope")
                        .deeper(),
                row("podman-4.3-rootless-hybrid", 7887, "podman bc02fc1456b9 by mountinfo:storage-hostname")
                        .named("podman bc02fc1456b9 lab-rl localhost/lab/busybox:1 by mountinfo:storage-hostname"));
    }

    private static List<Row> others() {
        return List.of(
                row("bwrap-0.8-hybrid", 30766, "bubblewrap 30763 by ancestor:bwrap"),
                row("firejail-0.9-hybrid", 30943, "firejail 30939 by ancestor:firejail")
                        .named("firejail 30939 labfj by ancestor:firejail"),
                row("lxd-5.0-cgroup2", 394, "lxc web-1-02 web-1-02 by cgroup:lxc-payload")
                        .named("lxd web-1-02 web-1-02 busybox of Waybill by cgroup:lxc-payload"),
                row("flatpak-1.14-cgroup2", 465, "flatpak 463 org.waybill.Test by mountinfo:flatpak-app")
                        .named("flatpak 463 org.waybill.Test org.waybill.Platform/x86_64/1"
                                + " by runtime-state:flatpak-instance"),
                row("lxc-5.0-cgroup2", 29402, "lxc labbb labbb by cgroup:lxc-payload"),
                row("lxc-5.0-hybrid", 29246, "lxc labbb labbb by cgroup:lxc-payload"),
                row("nspawn-252-hybrid", 30628, "systemd-nspawn labnspawn by mountinfo:nspawn-propagate"),
                row("crun-1.8-cgroup1", 27563, "unknown layout /lab-crun1")
                        .named("crun lab-crun1 lab-crun1 by runtime-state:crun-status"),
                row("crun-1.8-cgroup2", 27697, "unknown layout /lab-crun2")
                        .named("crun lab-crun2 lab-crun2 by runtime-state:crun-status"),
                row("runc-1.1-hybrid", 24764, "unknown layout /lab-runc1")
                        .named("runc lab-runc1 lab-runc1 by runtime-state:runc-state"),
                row("unshare-2.38-hybrid", 31204, "host /session.slice/7315b840bfee99ffc5d3a8cfc040564e"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRecordedProcessIsInItsContainer(Row row) {
        ContainerIdentities identities = identities(row.machine());

        Identity first = identities.identify(row.pid());
        Identity named = identities.name(first, row.pid()).identity();

        assertThat(shown(first)).isEqualTo(row.first());
        assertThat(shown(named)).isEqualTo(row.named());
        assertThat(new Ancestry(procFs(row.machine())).place(row.pid()))
                .hasValueSatisfying(place -> assertThat(place.depth()).isEqualTo(row.depth() + 1));
    }

    @Test
    void everyMachineThatWasRecordedFromOutsideHasItsRow() throws IOException {
        try (Stream<Path> machines = Files.list(FOLDER)) {
            assertThat(machines.map(machine -> machine.getFileName().toString())
                            .filter(machine -> !machine.endsWith("-inside")))
                    .containsExactlyInAnyOrderElementsOf(
                            rows().stream().map(Row::machine).toList());
        }
    }

    @Test
    void aRootlessContainerSaysWhoseItIs() {
        ContainerIdentities identities = identities("podman-4.3-rootless-hybrid");

        Identity named = identities.name(identities.identify(7887), 7887).identity();

        assertThat(((ContainerIdentity) named).remarks()).containsExactly("run by user 4242");
    }

    @Test
    void labelsThatClaimAPodAreNotBelieved() {
        ContainerIdentities identities = identities("docker-20.10-cgroup1");

        Identity named = identities.name(identities.identify(24740), 24740).identity();

        assertThat(((ContainerIdentity) named).pod()).isNull();
    }

    private static String shown(Identity identity) {
        if (identity instanceof NoContainer none) {
            return none.reason().text() + " " + none.cgroupPath();
        }
        ContainerIdentity container = (ContainerIdentity) identity;
        StringBuilder text = new StringBuilder(container.runtime().text());
        text.append(' ')
                .append(container.id().substring(0, Math.min(12, container.id().length())));
        Stream.of(container.name(), container.image())
                .filter(part -> part != null)
                .forEach(part -> text.append(' ').append(part));
        if (container.pod() != null) {
            text.append(" pod ").append(container.pod().uid());
            if (container.pod().name() != null) {
                text.append(' ')
                        .append(container.pod().namespace())
                        .append('/')
                        .append(container.pod().name());
            }
            if (container.pod().containerName() != null) {
                text.append('/').append(container.pod().containerName());
            }
        }
        return text.append(container.sandbox() ? " sandbox" : "")
                .append(" by ")
                .append(container.provenance())
                .toString();
    }

    private static Row row(String machine, long pid, String answer) {
        return new Row(machine, pid, 1, answer, answer);
    }

    private static ProcFs procFs(String machine) {
        return new ProcFs(FOLDER.resolve(machine));
    }

    private static ContainerIdentities identities(String machine) {
        Path state = FOLDER.resolve(machine).resolve("state");
        return ContainerIdentities.of(procFs(machine), new IdentitySettings(state, state, false, false, Map.of()));
    }
}
