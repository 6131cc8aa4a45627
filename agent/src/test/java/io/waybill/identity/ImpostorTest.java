// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.NoContainer;
import java.io.IOException;
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

    private MadeMachine machine() throws IOException {
        return new MadeMachine(folder).host(1, 0, 0, "/sbin/init");
    }
}
