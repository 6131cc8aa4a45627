// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.Identity;
import io.waybill.api.NoContainer;
import io.waybill.api.Provenance.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where what is called a container, what holds it, what it mounts and what its runtime keeps do not fit together. */
class DisagreementTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String OTHER = "b6c33be0c58464ba6529e0f5068a1217cbc4f69496691c720ba53319196d78e2";
    private static final String DELEGATED = "/user.slice/user-1000.slice/user@1000.service/docker-" + ID + ".scope";
    private static final String OWN = "/system.slice/docker-" + ID + ".scope";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aCgroupThatIsOnlyCalledADockerContainerIsNone() throws IOException {
        MadeMachine machine = machine().init(10, 500, DELEGATED).file("var/lib/docker/containers/x", "");

        Identity named = machine.named(10);

        assertThat(named).isInstanceOfSatisfying(NoContainer.class, none -> {
            assertThat(none.reason()).isEqualTo(NoContainer.Reason.DISOWNED);
            assertThat(none.detail()).contains("docker's container " + ID, "has none of that id");
        });
    }

    @Test
    void aCgroupThatIsCalledAsAnotherContainerIsNotThatOne() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, DELEGATED)
                .init(20, 600, OWN)
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 20));

        Identity real = machine.named(20);
        Identity forged = machine.named(10);

        assertThat(real).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.name()).isEqualTo("web");
            assertThat(container.provenance().source()).isEqualTo(Source.RUNTIME_STATE);
        });
        assertThat(forged)
                .isInstanceOfSatisfying(
                        NoContainer.class, none -> assertThat(none.detail()).contains("which is in " + OWN));
    }

    @Test
    void aContainerThatRootsShimHoldsIsDockersWhereverItKeepsItsState() throws IOException {
        MadeMachine machine = machine()
                .host(5, 1, 0, "/usr/bin/containerd-shim-runc-v2 -namespace moby -id " + ID)
                .process(10, 5, 500, 0, OWN, "pid:[4026540010]", "10\t1")
                .file("var/lib/docker/containers/x", "");

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.runtime()).isEqualTo(ContainerRuntime.DOCKER);
            assertThat(container.remarks()).singleElement().asString().contains("does not have it");
        });
    }

    @Test
    void aShimOfAnotherUserProvesNothing() throws IOException {
        MadeMachine machine = machine()
                .host(5, 1, 1001, "/tmp/containerd-shim-runc-v2 -namespace moby -id " + ID)
                .process(10, 5, 500, 0, DELEGATED, "pid:[4026540010]", "10\t1")
                .file("var/lib/docker/containers/x", "");

        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
    }

    @Test
    void aContainerInAContainerIsNotLookedForOnTheHost() throws IOException {
        MadeMachine machine =
                machine().init(10, 500, "/docker/" + OTHER + "/docker/" + ID).file("var/lib/docker/containers/x", "");

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.remarks()).contains("inside of container " + OTHER));
    }

    @Test
    void aContainerThatCallsACgroupOfItsOwnAsAnotherContainerIsNotThatOne() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/system.slice/docker-" + OTHER + ".scope/docker-" + ID + ".scope")
                .init(20, 600, OWN)
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 20));

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        NoContainer.class, none -> assertThat(none.reason()).isEqualTo(NoContainer.Reason.DISOWNED));
    }

    @Test
    void aContainerInAContainerDoesNotGetTheNamesOfOneThatHasEnded() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/docker/" + OTHER + "/docker/" + ID)
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 99));

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.name()).isNull());
    }

    @Test
    void aContainerThatCallsACgroupOfItsOwnAsNspawnDoesIsTheContainer() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, OWN + "/payload")
                .init(20, 600, "/docker/" + OTHER + "/payload")
                .mount(20, "/systemd/nspawn/propagate/web", "/run/host/incoming")
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 10));

        assertThat(machine.identities().identify(10).container())
                .hasValueSatisfying(container -> assertThat(container.id()).isEqualTo(ID));
        assertThat(machine.named(10).container())
                .hasValueSatisfying(container -> assertThat(container.name()).isEqualTo("web"));
        assertThat(machine.identities().identify(20).container())
                .hasValueSatisfying(container -> assertThat(container.runtime()).isEqualTo(ContainerRuntime.NSPAWN));
    }

    @Test
    void aShimOfAPodHoldsEveryContainerOfIt() throws IOException {
        MadeMachine machine = machine()
                .host(5, 1, 0, "/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id " + OTHER)
                .process(10, 5, 500, 0, "/k8s.io/" + ID, "pid:[4026540010]", "10\t7")
                .file("run/containerd/io.containerd.runtime.v2.task/default/x", "");

        assertThat(machine.named(10)).isInstanceOf(ContainerIdentity.class);
    }

    @Test
    void withoutDockersStateTheCgroupIsTakenAndTheMissingNameExplained() throws IOException {
        MadeMachine machine = machine().init(10, 500, OWN);

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.provenance()).hasToString("cgroup:docker-scope");
            assertThat(container.remarks())
                    .singleElement()
                    .asString()
                    .startsWith("its name is not known: its runtime keeps nothing here");
        });
    }

    @Test
    void aLinkInTheStateIsNotFollowed() throws IOException {
        MadeMachine machine = machine().init(10, 500, OWN).file("secret", MadeMachine.docker("stolen", 10));
        Path config = folder.resolve(MadeMachine.dockerFile(ID));
        Files.createDirectories(config.getParent());
        Files.createSymbolicLink(config, folder.resolve("secret"));

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.name()).isNull();
            assertThat(container.remarks()).singleElement().asString().contains("not a regular file");
        });
    }

    @Test
    void stateThatIsNoJsonHasNoNames() throws IOException {
        MadeMachine machine =
                machine().init(10, 500, OWN).file(MadeMachine.dockerFile(ID), "{\"Name\":\"/web\",".repeat(2000));

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.name()).isNull();
            assertThat(container.provenance().source()).isEqualTo(Source.CGROUP);
        });
    }

    @Test
    void whatRootStartsInASessionOfItsOwnIsNotSaidToBeRunByAUser() throws IOException {
        MadeMachine machine = machine()
                .file("var/lib/lxc/web/config", "")
                .host(5, 1, 0, "lxc-start -F -n web")
                .process(
                        10,
                        5,
                        500,
                        0,
                        "/user.slice/user-0.slice/session-1.scope/lxc.payload.web",
                        "pid:[4026540010]",
                        "10\t1");

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.remarks()).isEmpty());
    }

    @Test
    void mountsThatNameAnotherContainerAreSaid() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, OWN)
                .mount(10, "/var/lib/docker/containers/" + OTHER + "/hostname", "/etc/hostname")
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 10));

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.id()).isEqualTo(ID);
            assertThat(container.remarks()).containsExactly("its files of the network are those of container " + OTHER);
        });
    }

    private MadeMachine machine() throws IOException {
        return new MadeMachine(folder).host(1, 0, 0, "/sbin/init");
    }
}
