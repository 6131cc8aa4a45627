// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerIdentity;
import io.waybill.api.ContainerRuntime;
import io.waybill.api.NoContainer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Docker and containerd keep that a user runs himself. */
class RootlessTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String SERVICES = "/user.slice/user-1000.slice/user@1000.service/";
    private static final String NERDCTL = SERVICES + "user.slice/nerdctl-" + ID + ".scope";
    private static final String TASK = "containerd/io.containerd.runtime.v2.task/default/" + ID + "/";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aContainerOfHisDockerWithoutACgroupIsFoundByItsNamespace() throws IOException {
        MadeMachine machine = machine()
                .process(10, 1, 500, 1000, SERVICES + "app.slice/docker.service", "pid:[4026540010]", "10\t1")
                .file(
                        "run/user/1000/docker/runtime-runc/moby/" + ID + "/state.json",
                        "{\"init_process_pid\":10,\"init_process_start\":500,\"cgroup_paths\":{}}")
                .file(
                        "home/lab/.local/share/docker/containers/" + ID + "/config.v2.json",
                        MadeMachine.docker("web", 10));

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.runtime()).isEqualTo(ContainerRuntime.DOCKER);
            assertThat(container.name()).isEqualTo("web");
            assertThat(container.remarks()).containsExactly("run by user 1000");
        });
    }

    @Test
    void whatHisDockerHasHalfWrittenIsSaidWhateverTheSystemsLacks() throws IOException {
        MadeMachine machine = machine()
                .process(10, 1, 500, 1000, SERVICES + "user.slice/docker-" + ID + ".scope", "pid:[4026540010]", "10\t1")
                .file("var/lib/docker/containers/x", "")
                .file("home/lab/.local/share/docker/containers/" + ID + "/config.v2.json", "{\"State\":");

        assertThat(machine.named(10))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.remarks())
                                .anyMatch(remark -> remark.contains("not a whole JSON")));
    }

    @Test
    void aContainerOfHisNerdctlHasItsName() throws IOException {
        MadeMachine machine = machine()
                .process(10, 1, 500, 1000, NERDCTL, "pid:[4026540010]", "10\t1")
                .file("run/user/1000/" + TASK + "config.json", task("web"))
                .file("run/user/1000/" + TASK + "init.pid", "10");

        assertThat(machine.named(10)).isInstanceOfSatisfying(ContainerIdentity.class, container -> {
            assertThat(container.name()).isEqualTo("web");
            assertThat(container.provenance()).hasToString("runtime-state:containerd-task");
            assertThat(container.remarks()).containsExactly("run by user 1000");
        });
    }

    @Test
    void whatHeWritesDownSpeaksForNoContainerOfRoots() throws IOException {
        MadeMachine machine = machine()
                .process(10, 1, 500, 1000, NERDCTL, "pid:[4026540010]", "10\t1")
                .init(20, 600, "/system.slice/nerdctl-" + ID + ".scope")
                .file("run/user/1000/" + TASK + "config.json", task("forged"))
                .file("run/user/1000/" + TASK + "init.pid", "10")
                .file("run/" + TASK + "config.json", task("real"))
                .file("run/" + TASK + "init.pid", "20");

        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
        assertThat(machine.named(20))
                .isInstanceOfSatisfying(
                        ContainerIdentity.class,
                        container -> assertThat(container.name()).isEqualTo("real"));
    }

    @Test
    void whatHeWritesDownSpeaksForNoProcessOfOthers() throws IOException {
        MadeMachine machine = machine()
                .init(10, 500, "/system.slice/database.service")
                .file(
                        "run/user/1000/containerd/runc/default/" + ID + "/state.json",
                        "{\"init_process_pid\":10,\"init_process_start\":500,\"cgroup_paths\":{}}");

        assertThat(machine.named(10)).isInstanceOf(NoContainer.class);
    }

    private MadeMachine machine() throws IOException {
        return new MadeMachine(folder)
                .host(1, 0, 0, "/sbin/init")
                .file("etc/passwd", "lab:x:1000:1000::/home/lab:/bin/sh\n");
    }

    private static String task(String name) {
        return "{\"annotations\":{\"nerdctl/name\":\"" + name + "\"},\"linux\":{\"cgroupsPath\":\"user.slice:nerdctl:"
                + ID + "\"}}";
    }
}
