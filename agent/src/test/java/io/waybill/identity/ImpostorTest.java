// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.NoContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cgroups that are called as a runtime calls its own, where the runtime knows better. */
class ImpostorTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String DELEGATED = "/user.slice/user-1000.slice/user@1000.service/docker-" + ID + ".scope";
    private static final String OWN = "/system.slice/docker-" + ID + ".scope";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aCgroupThatIsCalledAsAContainerThatHasEndedIsNone() throws IOException {
        for (long pid : new long[] {0, 99}) {
            MadeMachine machine =
                    machine().init(10, 500, DELEGATED).file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", pid));

            assertThat(machine.named(10))
                    .isInstanceOfSatisfying(
                            NoContainer.class,
                            none -> assertThat(none.detail())
                                    .contains("which does not run by " + folder.resolve(MadeMachine.dockerFile(ID))));
        }
    }

    @Test
    void whereTheProcessesOfOthersAreHiddenNothingIsDisowned() throws IOException {
        MadeMachine machine = new MadeMachine(folder)
                .init(10, 500, OWN)
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 99));

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.name()).isEqualTo("web"));
    }

    @Test
    void anIdInTheCgroupOfNoRuntimeInParticularIsNoneIfNoneHasIt() throws IOException {
        String pod = "/kubepods/burstable/pod11111111-2222-3333-4444-555555555555/" + ID;
        for (String path : new String[] {"/home/" + ID, "/home" + pod}) {
            MadeMachine machine = machine().init(10, 500, path).file("var/lib/docker/containers/x", "");

            assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
        }
    }

    @Test
    void aContainerOfLxcIsWhatItsMonitorHolds() throws IOException {
        MadeMachine machine = machine()
                .file("var/lib/lxc/web/config", "")
                .host(5, 1, 0, "lxc-start")
                .file("proc/5/cmdline", "[lxc monitor] /var/lib/lxc web\0")
                .process(10, 5, 500, 0, "/lxc.payload.web", "pid:[4026540010]", "10\t1")
                .host(6, 1, 0, "lxc-attach -n web -- sh")
                .process(11, 6, 500, 0, "/lxc.payload.web/.lxc", "pid:[4026540010]", "11\t7")
                .init(20, 600, "/user.slice/user-1000.slice/user@1000.service/lxc.payload.web")
                .init(21, 600, "/user.slice/user-1000.slice/user@1000.service/lxc.payload.db");

        assertThat(machine.named(10)).isInstanceOf(ContainerIdentity.class);
        assertThat(machine.named(11)).isInstanceOf(ContainerIdentity.class);
        assertThat(machine.named(20))
                .isInstanceOfSatisfying(
                        NoContainer.class, none -> assertThat(none.detail()).endsWith("which no monitor of LXC holds"));
        assertThat(machine.named(21))
                .isInstanceOfSatisfying(
                        NoContainer.class, none -> assertThat(none.detail()).contains("has none of that id"));
    }

    @Test
    void aProcessThatMountsAFileAsAContainersIsNoneOfIt() throws IOException {
        String session = "/user.slice/user-1000.slice/session-1.scope";
        MadeMachine machine = machine()
                .init(20, 600, OWN)
                .file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", 20))
                .process(10, 1, 500, 1000, session, "pid:[4026540010]", "10\t1")
                .mount(10, "/home/user/containers/" + ID + "/hostname", "/etc/hostname");

        assertThat(machine.named(20)).isInstanceOf(ContainerIdentity.class);
        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        NoContainer.class,
                        none -> assertThat(none.detail())
                                .contains("it has mounts as if it were docker's container", "first process is 20"));
        for (long pid : new long[] {0, 99}) {
            machine.file(MadeMachine.dockerFile(ID), MadeMachine.docker("web", pid));
            assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
        }
        machine.file(MadeMachine.dockerFile(ID), "").file(MadeMachine.dockerFile("x"), "");
        Files.delete(folder.resolve(MadeMachine.dockerFile(ID)));
        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
    }

    @Test
    void aMonitorOfAUsersOwnDoesNotVouchForAContainerOfRoots() throws IOException {
        String bundle = "var/lib/containers/storage/overlay-containers/" + ID + "/userdata/config.json";
        MadeMachine machine = machine()
                .init(20, 600, "/machine.slice/libpod-" + ID + ".scope")
                .file(bundle, "{\"annotations\":{\"io.container.manager\":\"libpod\"}}")
                .file("run/containers/storage/overlay-containers/" + ID + "/userdata/pidfile", "20")
                .host(5, 1, 1000, "/tmp/conmon -c " + ID)
                .process(10, 5, 500, 1000, "/user.slice/user-1000.slice/x.scope", "pid:[4026540010]", "10\t1");

        assertThat(machine.named(20)).isInstanceOf(ContainerIdentity.class);
        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        NoContainer.class,
                        none -> assertThat(none.detail()).contains("it is held as if it were podman's container"));
    }

    @Test
    void aMachineThatNspawnWasNotToldTheNameOfIsOne() throws IOException {
        MadeMachine machine = machine()
                .file("run/systemd/machines/other", "NAME=other")
                .host(5, 1, 0, "systemd-nspawn --register=no -D /srv/web")
                .process(10, 5, 500, 0, "/payload", "pid:[4026540010]", "10\t1")
                .mount(10, "/systemd/nspawn/propagate/web", "/run/host/incoming");

        assertThat(machine.named(10).container())
                .hasValueSatisfying(container -> assertThat(container.id()).isEqualTo("web"));
    }

    private MadeMachine machine() throws IOException {
        return new MadeMachine(folder).host(1, 0, 0, "/sbin/init");
    }
}
