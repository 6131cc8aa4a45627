// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that are there and cannot be listed, as without a descriptor: here since they are links to themselves. */
class UnlistedFoldersTest {
    private static final String ID = "a503ac1829eff2dbf658a2a8559372c564799eaae7f1abdb094c391f65c9b7a9";

    @TempDir
    private Path root = Path.of("");

    private long nanoTime;

    @Test
    void whatCannotBeListedMayHaveTheContainer() throws IOException {
        loop("run/containerd/io.containerd.runtime.v2.task");

        assertThat(find(ContainerRuntime.CONTAINERD, Wanted.NO_USER)).isInstanceOf(Lookup.Unreadable.class);
    }

    @Test
    void aUserWhoseFoldersCannotBeListedHidesNothingOfOthers() throws IOException {
        write("etc/passwd", "lab:x:1000:1000::/home/lab:/bin/sh\n");
        loop("home/lab/.local/share/containers/storage");
        loop("run/user/1000/runc");
        loop("run/user/1000/.flatpak");
        write(
                "var/lib/containers/storage/overlay-containers/containers.json",
                "[{\"id\":\"" + ID + "\",\"names\":[\"web\"]}]");
        write("run/user/1001/.flatpak/77/pid", "99");
        write("run/user/1001/.flatpak/77/info", "[Application]\nname=org.gnome.Maps\n");
        write("run/runc/web/state.json", "{\"id\":\"web\"}");

        assertThat(find(ContainerRuntime.PODMAN, 1000)).isInstanceOf(Lookup.Found.class);
        assertThat(new RuntimeStates(root, false)
                        .find(new Wanted(ContainerRuntime.FLATPAK, "77", Wanted.NO_USER, List.of())))
                .isInstanceOf(Lookup.Found.class);
        assertThat(new RuntimeStates(root, false).running()).hasSize(1);
    }

    @Test
    void whatRanIsThoughtToRunUntilItsFolderCanBeListedAgain() throws IOException {
        write("run/runc/web/state.json", "{\"id\":\"web\"}");
        RuntimeStates states = new RuntimeStates(root, false);
        assertThat(states.running()).hasSize(1);
        assertThat(states.unreadable()).isEmpty();

        Files.move(root.resolve("run/runc"), root.resolve("run/aside"));
        loop("run/runc");
        assertThat(states.running()).hasSize(1);
        assertThat(states.unreadable()).isNotEmpty();
        Files.delete(root.resolve("run/runc"));

        assertThat(states.running()).isEmpty();
        assertThat(states.unreadable()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsReadAgainAfterAWhile() throws IOException {
        Path state = write("run/runc/web/state.json", "{\"id\":\"web\"}");
        Path kept = Files.move(state, root.resolve("kept"));
        Files.createSymbolicLink(state, kept);
        RunningContainers running = new RunningContainers(root, () -> nanoTime);
        assertThat(running.all()).isEmpty();
        assertThat(running.unreadable()).singleElement().asString().contains("not a regular file");

        // so that the folder is as it was
        Object written = Files.getAttribute(state.getParent(), "lastModifiedTime");
        Files.delete(state);
        Files.move(kept, state);
        Files.setAttribute(state.getParent(), "lastModifiedTime", written);
        assertThat(running.all()).isEmpty();
        nanoTime = TimeUnit.SECONDS.toNanos(3);

        assertThat(running.all()).hasSize(1);
        assertThat(running.unreadable()).isEmpty();
    }

    private Lookup find(ContainerRuntime runtime, long user) {
        return new RuntimeStates(root, false).find(new Wanted(runtime, ID, user, List.of()));
    }

    private void loop(String path) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, link);
    }

    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
