// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers that more than one runtime keeps something of. */
class RuntimeStatesTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";
    private static final String TASK = "run/containerd/io.containerd.runtime.v2.task/moby/" + ID + "/";

    private static final String DOCKERS =
            "{\"State\":{\"Pid\":10},\"Name\":\"/web\",\"Config\":{\"Image\":\"nginx:1\"}}";

    @TempDir
    private Path root = Path.of("");

    /** The cgroup does not say that it is Docker's: cri-dockerd with the cgroupfs driver, ECS, docker run --cgroup-parent. */
    @ParameterizedTest
    @EnumSource(names = {"KUBERNETES", "ECS", "UNKNOWN"})
    void aTaskThatDockerGaveToContainerdHasTheNameAndTheImageThatDockerKeeps(ContainerRuntime called)
            throws IOException {
        write(TASK + "config.json", "{\"annotations\":{},\"linux\":{\"cgroupsPath\":\"/actions_job/" + ID + "\"}}");
        write(TASK + "init.pid", "10");
        write("var/lib/docker/containers/" + ID + "/config.v2.json", DOCKERS);

        isFoundAsDockers(called);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCKER", "KUBERNETES"})
    void aContainerOfDockerWithUsernsRemapIsFoundInTheFolderOfThatUser(ContainerRuntime called) throws IOException {
        write("var/lib/docker/containers/x/config.v2.json", DOCKERS);
        write(TASK.replace("moby", "moby-165536.165536") + "config.json", "{\"annotations\":{}}");
        write("var/lib/docker/165536.165536/containers/" + ID + "/config.v2.json", DOCKERS);

        isFoundAsDockers(called);
    }

    private void isFoundAsDockers(ContainerRuntime called) {
        Lookup found = new RuntimeStates(root, false).find(new Wanted(called, ID, Wanted.NO_USER, List.of()));

        assertThat(found).isInstanceOfSatisfying(Lookup.Found.class, kept -> {
            assertThat(kept.container().runtime()).isEqualTo(ContainerRuntime.DOCKER);
            assertThat(kept.container().name()).isEqualTo("web");
            assertThat(kept.container().image()).isEqualTo("nginx:1");
        });
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
