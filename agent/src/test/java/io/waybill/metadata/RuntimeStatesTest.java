// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import io.waybill.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    /** Also where containerd, which has neither name nor image, knows it as a task. */
    @ParameterizedTest
    @EnumSource(names = {"DOCKER", "KUBERNETES"})
    void whatLiesElsewhereIsFoundByFurtherHints(ContainerRuntime called) throws IOException {
        Needs.root(); // of others, no folder speaks for Docker
        write(TASK + "config.json", "{\"annotations\":{}}");
        write("srv/docker/containers/" + ID + "/config.v2.json", DOCKERS);

        isFoundAsDockers(new Wanted(called, ID, Wanted.NO_USER, List.of(), () -> List.of(Path.of("/srv/docker"))));
    }

    @Test
    void furtherHintsAreNotAskedForWhereTheOthersLeadToIt() throws IOException {
        write(TASK + "config.json", "{\"annotations\":{}}");
        write("var/lib/docker/containers/" + ID + "/config.v2.json", DOCKERS);
        AtomicInteger asked = new AtomicInteger();

        for (ContainerRuntime called : List.of(ContainerRuntime.DOCKER, ContainerRuntime.KUBERNETES)) {
            isFoundAsDockers(new Wanted(called, ID, Wanted.NO_USER, List.of(), () -> {
                asked.incrementAndGet();
                return List.of();
            }));
        }

        assertThat(asked).hasValue(0);
    }

    /** Hard links cost him nothing. */
    @Test
    void whatAUserMayWriteWithoutEndIsReadWithinBounds() throws IOException {
        String user = "run/user/1000/";
        Path state = write(user + "state", "{\"id\":\"" + "x".repeat(1 << 19) + "\"}");
        for (int i = 0; i < 64; i++) {
            link(user + "runc/web-" + i + "/state.json", state);
        }

        assertThat(new RuntimeStates(root, false).running()).hasSizeBetween(1, 32);
    }

    @Test
    void ofAStoreOfAUsersOwnOnlySoManyDriversAreLookedAt() throws IOException {
        write("etc/passwd", "lab:x:1000:1000::/home/lab:/bin/sh\n");
        for (int i = 0; i < 64; i++) {
            write("home/lab/.local/share/containers/storage/d" + i + "-containers/containers.json", entries(i));
        }

        List<Lookup> found = IntStream.range(0, 64)
                .mapToObj(i -> new RuntimeStates(root, false)
                        .find(new Wanted(ContainerRuntime.PODMAN, ID.substring(2) + (10 + i), 1000, List.of())))
                .filter(each -> each instanceof Lookup.Found)
                .toList();

        assertThat(found).hasSize(8);
    }

    private static String entries(int i) {
        return "[{\"id\":\"" + ID.substring(2) + (10 + i) + "\",\"names\":[\"web\"]}]";
    }

    private void link(String path, Path state) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createLink(file, state);
    }

    private void isFoundAsDockers(ContainerRuntime called) {
        isFoundAsDockers(new Wanted(called, ID, Wanted.NO_USER, List.of()));
    }

    private void isFoundAsDockers(Wanted wanted) {
        Lookup found = new RuntimeStates(root, false).find(wanted);

        assertThat(found).isInstanceOfSatisfying(Lookup.Found.class, kept -> {
            assertThat(kept.container().runtime()).isEqualTo(ContainerRuntime.DOCKER);
            assertThat(kept.container().name()).isEqualTo("web");
            assertThat(kept.container().image()).isEqualTo("nginx:1");
        });
    }

    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
